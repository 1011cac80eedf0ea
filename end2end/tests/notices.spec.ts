import { idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** Sets the status of a request by hand, as the form of the side panel does it. */
async function setStatus(visitor: Visitor, request: string, status: string, comment: string): Promise<void> {
  const answer = await visitor.page.request.post(`/requests/${request}/change_status`, {
    form: { status, comment },
    headers: { 'x-panel': '1' },
  })
  expect(answer.status(), await answer.text()).toBe(204)
}

/** The number of a request of Studio Nord, as addresses say it. */
async function aRequest(visitor: Visitor, number: string): Promise<string> {
  await visitor.open(`/?q=${number}`)
  return idIn((await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')) ?? '')
}

test('the bell rings by itself, and what is opened is read', async ({ nora, paula }) => {
  const page = await nora.open('/notices')
  const request = await aRequest(paula, 'R-20008')
  const bell = page.getByRole('banner').getByRole('link', { name: /^Notices/ })
  await expect(page.getByRole('heading', { level: 1, name: 'Notices' })).toBeVisible()

  await setStatus(paula, request, 'processed', 'Checked by telephone')
  const row = page.getByRole('listitem').filter({ hasText: 'Checked by telephone' })
  await expect(row).toContainText('New: ')
  await expect(row).toContainText('from Open to Processed: Checked by telephone.')
  await expect(bell).toHaveAccessibleName(/Notices, \d+ new/)
  await nora.expectAccessible(page)

  await row.getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`/requests/${request}`))
  await page.goto('/notices?show=unread')
  await expect(page.getByRole('heading', { level: 1, name: 'Notices' })).toBeVisible()
  await expect(page.getByText('Checked by telephone')).toHaveCount(0)
})

test('all are marked as read at once, in every tab', async ({ nora, paula }) => {
  const request = await aRequest(paula, 'R-20009')
  const page = await nora.open('/notices')
  const bell = (it: typeof page) => it.getByRole('banner').getByRole('link', { name: /^Notices/ })
  await setStatus(paula, request, 'processed', 'First')
  await setStatus(paula, request, 'open', 'Second')
  await expect(bell(page)).toHaveAccessibleName(/new/)
  await expect(page.getByRole('listitem').filter({ hasText: 'Second' }).first()).toBeVisible()

  const all = page.getByRole('button', { name: 'Mark all read' })
  // What comes while one presses was not seen, and is not marked: then one presses again.
  await expect(async () => {
    if (await all.isVisible()) await all.click()
    await expect(all).toHaveCount(0, { timeout: 2_000 })
  }).toPass()
  await expect(bell(page)).toHaveAccessibleName('Notices')
  await page.getByRole('link', { name: 'Unread' }).click()
  await expect(page).toHaveURL(/show=unread/)
  await expect(page.getByText('Nothing new')).toBeVisible()
})

test('a notice about a comment leads to the comment, wherever it stands', async ({ nora, paula }) => {
  const request = await aRequest(paula, 'R-20008')
  const post = async (words: string) => {
    const answer = await paula.page.request.post(`/parts/requests/${request}/comments`, {
      multipart: { purpose: 'say', audience: 'everyone', words },
      headers: { 'x-panel': '1' },
    })
    expect(answer.status(), await answer.text()).toBe(204)
  }
  await post('The one that is meant')
  const page = await nora.open('/notices')
  const notice = page.getByRole('link', { name: /Paula \w+ wrote a comment/ }).first()
  const address = (await notice.getAttribute('href')) ?? ''
  // So many more that it no longer stands among the newest.
  for (let number = 0; number < 50; number += 1) {
    await post(`Said later, ${number}`)
  }
  await nora.open(address)
  await expect(page).toHaveURL(/tab=comments&comment=.*#comment-/)
  const meant = page.getByRole('article', { name: /^Comment by / }).filter({ hasText: 'The one that is meant' })
  await expect(meant).toBeInViewport()
  await expect(page.getByRole('link', { name: 'Newest comments' })).toBeVisible()
})
