import { execFile } from 'node:child_process'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const rate = 48_000
const depth = 3

/**
 * A WAV file of `seconds`, 24 bit at 48 kHz. No two channels are the same, and `seed` makes another file of
 * the same size.
 */
export async function makeSound(path: string, seconds: number, channels: number, seed = 1): Promise<void> {
  const frames = Math.round(seconds * rate)
  const size = frames * channels * depth
  const file = await open(path, 'w')
  await file.write(header(size, channels))
  // One second is made and written over and over: the content does not matter, its size does.
  const second = Buffer.alloc(rate * channels * depth)
  for (let frame = 0; frame < rate; frame += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const pitch = 110 * (channel + seed)
      const value = Math.round(Math.sin((2 * Math.PI * pitch * frame) / rate) * 0x0fffff)
      second.writeIntLE(value, (frame * channels + channel) * depth, depth)
    }
  }
  for (let left = size; left > 0; left -= second.length) await file.write(second, 0, Math.min(left, second.length))
  await file.close()
}

function header(size: number, channels: number): Buffer {
  const it = Buffer.alloc(44)
  it.write('RIFF', 0)
  it.writeUInt32LE(36 + size, 4)
  it.write('WAVEfmt ', 8)
  it.writeUInt32LE(16, 16)
  it.writeUInt16LE(1, 20)
  it.writeUInt16LE(channels, 22)
  it.writeUInt32LE(rate, 24)
  it.writeUInt32LE(rate * channels * depth, 28)
  it.writeUInt16LE(channels * depth, 32)
  it.writeUInt16LE(8 * depth, 34)
  it.write('data', 36)
  it.writeUInt32LE(size, 40)
  return it
}

/** Subtitles in TTML that declare their language and time base, every two seconds one; they overlap if each `lasts` longer. */
export async function makeSubtitles(path: string, language: string, timeBase: 'media' | 'smpte', lasts = 1): Promise<void> {
  const cues = [0, 2, 4].map(at => `<p xml:id="c${at}" begin="00:00:0${at}.000" end="00:00:0${at + lasts}.500">Line ${at}</p>`)
  await writeFile(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="${language}" ttp:timeBase="${timeBase}" ttp:frameRate="24"><body><div>${cues.join('')}</div></body></tt>
`,
  )
}

/** What ffmpeg makes of these words: pictures, sounds, and files with both. */
export async function makeMedia(path: string, words: string): Promise<void> {
  await promisify(execFile)('ffmpeg', ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', ...words.split(/\s+/), path])
}

/** The lists of an IMF package whose track file is nowhere; gives their paths. */
export async function makeLists(folder: string): Promise<string[]> {
  const id = (number: number) => `urn:uuid:0a0b0c0d-0000-4000-8000-00000000000${number}`
  const asset = (number: number, mark: string, path: string) =>
    `<Asset><Id>${id(number)}</Id>${mark}<ChunkList><Chunk><Path>${path}</Path></Chunk></ChunkList></Asset>`
  const map = `<?xml version="1.0" encoding="UTF-8"?>
<AssetMap xmlns="http://www.smpte-ra.org/schemas/429-9/2007/AM"><Id>${id(1)}</Id><AssetList>
${asset(2, '<PackingList>true</PackingList>', 'PKL.xml')}${asset(3, '', 'picture.mxf')}
</AssetList></AssetMap>
`
  const packingList = `<?xml version="1.0" encoding="UTF-8"?>
<PackingList xmlns="http://www.smpte-ra.org/schemas/2067-2/2016/PKL"><Id>${id(2)}</Id><AssetList>
<Asset><Id>${id(3)}</Id><Hash>2jmj7l5rSw0yVb/vlWAYkK/YBwk=</Hash><Size>1000</Size><Type>x</Type><HashAlgorithm Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></Asset>
</AssetList></PackingList>
`
  const paths = [join(folder, 'ASSETMAP.xml'), join(folder, 'PKL.xml')]
  await Promise.all([map, packingList].map((text, place) => writeFile(paths[place]!, text)))
  return paths
}
