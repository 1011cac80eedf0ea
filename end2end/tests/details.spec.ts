import { cards, detailsWhere, head, inStatus } from '../support/details.ts'
import { idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'

const several = /id="card-\d+"[\s\S]*id="card-\d+"/

test('the newest card is open, and which are open lives in the address', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  await expect(head(page, 0)).toHaveAttribute('aria-expanded', 'true')
  await expect(head(page, 1)).toHaveAttribute('aria-expanded', 'false')

  await head(page, 1).click()
  await page.waitForURL(/card=\d+\.\d+/)
  await expect(cards(page).nth(1).getByText('Transfer Details')).toBeVisible()

  await page.reload()
  await nora.awake(page)
  await expect(head(page, 0)).toHaveAttribute('aria-expanded', 'true')
  await expect(head(page, 1)).toHaveAttribute('aria-expanded', 'true')
  await expect(cards(page).nth(1).getByText('Transfer Details')).toBeVisible()
})

test('one button opens all cards, says how many, and closes them again', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  const count = await cards(page).count()

  await page.getByRole('button', { name: `Expand all ${count}` }).click()
  for (let place = 0; place < count; place++) {
    await expect(cards(page).nth(place).getByText('Transfer Details')).toBeVisible()
  }

  await page.getByRole('button', { name: 'Collapse all' }).click()
  await expect(page.getByText('Transfer Details')).toHaveCount(0)
})

test('a failed delivery shows its error alone until the whole way is asked for', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Failed Inspection')))
  const card = cards(page).first()
  const steps = card.getByRole('list').first().getByRole('listitem')
  await expect(steps).toHaveCount(1)
  await expect(steps).toContainText('Failed Inspection')
  await expect(card.getByText(/^[A-Za-z]+-[A-Za-z]+$/).first()).toBeVisible()

  await card.getByRole('button', { name: 'Show Status & Errors' }).click()
  await expect(steps).toHaveCount(4)

  await card.getByRole('button', { name: 'Hide Status & Errors' }).click()
  await expect(steps).toHaveCount(1)
})

test('the error leads to its help article', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Failed Inspection')))
  const link = page.getByRole('link', { name: /^What now\?/ }).first()
  const code = ((await link.getAttribute('href')) ?? '').split('/').pop() ?? ''

  await link.click()

  await page.waitForURL(`**/help/inspection/${code}`)
  await expect(page.getByRole('main').getByText(code).first()).toBeVisible()
})

test('"X more items" opens the whole way in a side panel, and gives the focus back', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Succeeded')))
  const more = cards(page).first().getByRole('button', { name: /^\d+ more items?$/ })
  const hidden = Number.parseInt((await more.textContent()) ?? '', 10)

  await more.click()
  const panel = page.getByRole('dialog', { name: 'Transfer Status' })
  await expect(panel.getByRole('listitem')).toHaveCount(4 + hidden)
  await nora.expectAccessible()

  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(more).toBeFocused()
})

test('where form and file contradict each other, the row says so', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, />Differs</))

  const row = page.getByRole('row').filter({ hasText: 'Differs' }).first()

  await expect(row.getByRole('rowheader')).not.toBeEmpty()
  await expect(row.getByRole('cell')).toHaveCount(3)
})

test('every tab has an address, and arrows move along the row', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  await page.getByRole('tab', { name: /Deliveries/ }).focus()

  await page.keyboard.press('ArrowRight')
  await page.waitForURL(/tab=quality/)
  await expect(page.getByRole('tab', { name: 'Quality Control' })).toBeFocused()
  await expect(page.getByRole('tabpanel')).toContainText('not part of this version')

  await page.keyboard.press('End')
  await page.waitForURL(/tab=materials/)
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Materials' })).toHaveAttribute('aria-selected', 'true')

  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Quality Control' })).toHaveAttribute('aria-selected', 'true')
})

test('Deliver opens the delivery page in a new tab, or says why not', async ({ nora }) => {
  const open = await nora.open(await detailsWhere(nora, inStatus('Redelivery Requested')))
  const link = open.getByRole('link', { name: /^Deliver/ }).first()
  await expect(link).toHaveAttribute('href', new RegExp(`^/deliver\\?requests=${idIn(new URL(open.url()).pathname)}`))
  await expect(link).toHaveAttribute('target', '_blank')

  const over = await nora.open(await detailsWhere(nora, inStatus('Canceled')))
  const refused = over.getByRole('link', { name: /^Deliver/ }).first()
  await expect(refused).toHaveAttribute('aria-disabled', 'true')
  await refused.focus()
  const tip = over.locator('.tip').filter({ has: refused })
  await expect(tip.getByText('Not possible while the request is Canceled.')).toBeVisible()
})

test('the status says what it means when it is focused', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, inStatus('Redelivery Requested')))

  const status = page.getByRole('link', { name: 'Redelivery Requested' })
  await status.focus()

  await expect(page.getByText('Ready to receive a new file.')).toBeVisible()
  await expect(status).toHaveAttribute('href', '/help#request-redelivery_requested')
})

test('a request without deliveries says what will be there', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, /No deliveries yet/))

  await expect(page.getByText('No deliveries yet')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Expand all/ })).toHaveCount(0)
})

test('the page tells its story without script', async ({ arrive, nora }) => {
  const address = await detailsWhere(nora, several)
  const { page, context } = await arrive({ javaScriptEnabled: false })
  await context.addCookies(await nora.context.cookies())

  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText('Transfer Details')).toHaveCount(1)

  await head(page, 1).click()
  await expect(page.getByText('Transfer Details')).toHaveCount(2)
  await page.getByRole('tab', { name: /History/ }).click()
  await expect(page).toHaveURL(/tab=history/)
})

test('a card that cannot be read says so, and can be read again', async ({ nora }) => {
  const page = await nora.open(await detailsWhere(nora, several))
  nora.expectRefusals()
  await page.route('**/find_transfer', route => route.fulfill({ status: 409, json: 'MovedOn' }))

  await head(page, 1).click()
  await expect(cards(page).nth(1).getByText('This delivery could not be read')).toBeVisible()

  await page.unroute('**/find_transfer')
  await cards(page).nth(1).getByRole('button', { name: 'Try again' }).click()
  await expect(cards(page).nth(1).getByText('Transfer Details')).toBeVisible()
})

for (const theme of ['light', 'dark'] as const) {
  test(`nothing keeps people out of the details page, ${theme}`, async ({ arrive }) => {
    const visitor = await arrive({ colorScheme: theme })
    await visitor.signIn('nora')
    for (const wanted of [inStatus('Failed Inspection'), inStatus('Succeeded'), />Differs</, /No deliveries yet/]) {
      await visitor.open(await detailsWhere(visitor, wanted))
      await visitor.expectAccessible()
    }
  })
}

// Last, as it changes what the others look at.
test('a delivery that begins elsewhere appears by itself and disturbs nothing', async ({ nora, felix }) => {
  const address = await detailsWhere(nora, inStatus('Redelivery Requested'))
  const page = await felix.open(address)
  const count = await cards(page).count()
  const reading = page.locator(`#${await cards(page).first().getAttribute('id')}`)
  await reading.getByRole('button', { name: 'Show Status & Errors' }).click()
  await reading.getByRole('button', { name: /more items?$/ }).click()
  const panel = page.getByRole('dialog', { name: 'Transfer Status' })
  await expect(panel).toBeVisible()

  const metadata = { channel_layout: '5.1', dub_style: 'lip_sync' }
  const draft = { files: [{ name: 'tide_fr_51_v3.wav', size: 1_000 }], metadata, method: 'api', client: null }
  const begun = { request: idIn(address), draft }
  const answer = await nora.page.request.post('/fn/reelgate/server_fns/delivery/begin_delivery', { data: begun })
  expect(answer.status(), await answer.text()).toBe(200)

  await expect(cards(page)).toHaveCount(count + 1, { timeout: 2_000 })
  await expect(page.getByText('Waiting on Studio Nord for the upload')).toBeVisible()
  await expect(panel).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(reading.getByRole('button', { name: /more items?$/ })).toBeFocused()
  await expect(reading.getByRole('button', { name: 'Hide Status & Errors' })).toBeVisible()
  await expect(cards(page).first().getByText('0 of 1 kB received')).toBeVisible()
})

test('on a narrow screen the tab that the address names is in sight', async ({ arrive }) => {
  const nora = await arrive({ viewport: { width: 400, height: 860 } })
  await nora.signIn('nora')
  await nora.open('/')
  const address = await nora.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  const page = await nora.open(`${address}?tab=materials`)
  await expect(page.getByRole('tab', { name: 'Materials' })).toBeInViewport({ ratio: 0.9 })
})
