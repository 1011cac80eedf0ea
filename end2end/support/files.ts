import { open, writeFile } from 'node:fs/promises'

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

/** Subtitles in TTML that declare their language and time base. */
export async function makeSubtitles(path: string, language: string, timeBase: 'media' | 'smpte'): Promise<void> {
  const cues = [0, 2, 4].map(at => `<p xml:id="c${at}" begin="00:00:0${at}.000" end="00:00:0${at + 1}.500">Line ${at}</p>`)
  await writeFile(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="${language}" ttp:timeBase="${timeBase}" ttp:frameRate="24"><body><div>${cues.join('')}</div></body></tt>
`,
  )
}
