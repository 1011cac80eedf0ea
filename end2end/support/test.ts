import { type BrowserContextOptions, test as base, expect } from '@playwright/test'
import type { Person } from './people.ts'
import { Portal } from './portal.ts'
import { Visitor } from './visitor.ts'

type Arrive = (options?: BrowserContextOptions) => Promise<Visitor>
type InTest = Record<Person | 'visitor', Visitor> & { portal: Portal; arrive: Arrive }
type InWorker = { portals: Portals }

/** One portal at a time: another spec file gets a fresh one. */
class Portals {
  private present?: { file: string; portal: Portal }

  async of(file: string): Promise<Portal> {
    if (this.present?.file !== file) {
      await this.remove()
      this.present = { file, portal: await Portal.start() }
    }
    return this.present.portal
  }

  async remove(): Promise<void> {
    await this.present?.portal.remove()
    this.present = undefined
  }
}

export const test = base.extend<InTest, InWorker>({
  portals: [
    async ({}, use) => {
      const portals = new Portals()
      await use(portals)
      await portals.remove()
    },
    { scope: 'worker' },
  ],
  portal: async ({ portals }, use, info) => {
    const portal = await portals.of(info.file)
    await use(portal)
    expect(portal.log, 'the log of the portal').not.toContain('panicked')
  },
  /** Another browser, for somebody not signed in. */
  arrive: async ({ browser, portal, viewport, locale, timezoneId }, use) => {
    const here: Visitor[] = []
    await use(async options => {
      const visitor = await Visitor.arrive(browser, portal.address, { viewport, locale, timezoneId, ...options })
      here.push(visitor)
      return visitor
    })
    const complaints = (await Promise.all(here.map(it => it.leave()))).flat()
    expect(complaints, 'what the pages complained about').toEqual([])
  },
  /** Somebody who has not signed in. */
  visitor: async ({ arrive }, use) => use(await arrive()),
  nora: async ({ arrive }, use) => use(await signedIn(arrive, 'nora')),
  felix: async ({ arrive }, use) => use(await signedIn(arrive, 'felix')),
  paula: async ({ arrive }, use) => use(await signedIn(arrive, 'paula')),
  ines: async ({ arrive }, use) => use(await signedIn(arrive, 'ines')),
  kenji: async ({ arrive }, use) => use(await signedIn(arrive, 'kenji')),
})

async function signedIn(arrive: Arrive, person: Person): Promise<Visitor> {
  const visitor = await arrive()
  await visitor.signIn(person)
  return visitor
}

export { expect }
