import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, settings } from './portal.ts'

/** Makes the demo data once; every portal of this run starts on a copy. */
export default async function template(): Promise<() => Promise<void>> {
  const given = process.env.REELGATE_TEMPLATE
  if (given !== undefined) return async () => {}
  const folder = await mkdtemp(join(tmpdir(), 'reelgate-template-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await run('demo', settings(folder))
  } catch (error) {
    await remove()
    throw error
  }
  process.env.REELGATE_TEMPLATE = folder
  return remove
}
