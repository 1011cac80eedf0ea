import { detailsPages, idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

const widths = [400, 320]

// Many pages, one after the other.
test.describe.configure({ timeout: 180_000 })

/** Opens a page and makes the window narrow: nothing of it may lie beside the window. */
async function expectNoSidewaysScroll(visitor: Visitor, path: string): Promise<void> {
  const { page } = visitor
  // What has no scripts never says that it is awake.
  await (path.endsWith('/plain') ? page.goto(path) : visitor.open(path))
  await expect(page.getByRole('heading').first()).toBeAttached()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    const beyond = () => page.evaluate(() => (document.scrollingElement?.scrollWidth ?? Infinity) - innerWidth)
    await expect.poll(beyond, `${path} at ${width} pixels goes beyond the window`).toBeLessThanOrEqual(0)
  }
}

test('no page for everybody scrolls sideways in a narrow window', async ({ visitor, nora }) => {
  await expectNoSidewaysScroll(visitor, '/sign-in')
  for (const path of ['/', '/notices', '/account', '/people', '/help', '/help/request', '/help/inspection/TimedText-TimeBaseConflict']) {
    await expectNoSidewaysScroll(nora, path)
  }
})

test('no page of a request scrolls sideways in a narrow window', async ({ nora }) => {
  await nora.open('/')
  const [details, other] = await detailsPages(nora.page)
  const ids = `${idIn(details)},${idIn(other)}`
  const tabs = ['deliveries', 'quality', 'comments', 'history', 'materials'].map(it => `${details}?tab=${it}`)

  for (const path of [...tabs, `${details}/plain`, `/deliver?requests=${ids}`, `/materials?requests=${ids}`]) {
    await expectNoSidewaysScroll(nora, path)
  }
})

test('no page of the platform scrolls sideways in a narrow window', async ({ paula, ines }) => {
  await paula.open('/')
  const [one, other] = await detailsPages(paula.page)

  for (const path of ['/', '/new', '/import', '/reviews', `/bulk/assign?requests=${idIn(one)},${idIn(other)}`]) {
    await expectNoSidewaysScroll(paula, path)
  }
  await paula.open('/titles')
  const title = await paula.page.getByRole('link', { name: 'The Long Tide' }).getAttribute('href')
  for (const path of ['/titles', `${title}`]) {
    await expectNoSidewaysScroll(paula, path)
  }
  await expectNoSidewaysScroll(ines, '/people')
})
