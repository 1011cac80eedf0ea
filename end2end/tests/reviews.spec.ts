import { expect, test } from '../support/test.ts'

test('the platform decides an override by what the partner says of each finding', async ({ paula }) => {
  const page = await paula.open('/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reviews' }).click()
  await expect(page).toHaveURL('/reviews')
  await paula.awake(page)
  await expect(page.getByRole('heading', { name: 'Reviews', level: 1 })).toBeVisible()
  const queue = page.getByRole('navigation', { name: 'Overrides that wait' })
  await expect(queue.getByRole('link').first()).toContainText('Secondary Audio · German')
  const decision = page.getByRole('region', { name: /Secondary Audio · German/ })
  await expect(decision).toContainText('The length differs from the previous source')
  await expect(decision).toContainText('Another cut or version than before')
  await expect(decision).toContainText('the end credits were replaced by the longer German ones')
  await expect(decision).toContainText('Audio codec')
  await paula.expectAccessible(page)

  const decline = decision.getByRole('link', { name: 'Decline Override' })
  await decline.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Decline Override' })
  await expect(panel).toContainText('Secondary Audio · German')
  await panel.getByLabel('Reason').fill('Deliver the credits as they were')
  await panel.getByRole('button', { name: 'Decline' }).click()
  await expect(page.getByText('Override declined')).toBeVisible()
  await expect(queue.getByText('Secondary Audio · German')).toHaveCount(0)
})

test('whoever does not decide is told who does', async ({ nora }) => {
  const answer = await nora.page.request.get('/reviews')
  expect(answer.status()).toBe(403)
  expect(await answer.text()).toContain('Only the platform can do that.')
})
