import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

/** Opens the hand-ins of the request that was handed on. */
async function openHandIns(visitor: Visitor): Promise<Page> {
  await visitor.open('/?q=Danish')
  const address = await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  const page = await visitor.open(address ?? '')
  await page.getByRole('tab', { name: /Hand-ins/ }).click()
  return page
}

test('a subassigned partner sees what it has handed in, and is offered to hand in instead of delivering', async ({ kenji }) => {
  const page = await openHandIns(kenji)
  const card = page.getByRole('article').filter({ hasText: 'tide_da_sub.srt' })
  await expect(card).toContainText('Handed In')
  await expect(card.getByRole('link', { name: 'Release' })).toHaveCount(0)
  await kenji.expectAccessible(page)

  const tab = page.context().waitForEvent('page')
  await page.getByRole('link', { name: /^Hand In/ }).first().click()
  const desk = await kenji.awake(await tab)
  await expect(desk.getByRole('button', { name: 'Hand in' })).toBeVisible()
})

test('the assigned partner releases a hand-in, and it becomes a delivery', async ({ nora }) => {
  const page = await openHandIns(nora)
  const card = page.getByRole('article').filter({ hasText: 'tide_da_sub.srt' })
  await expect(card.getByRole('link', { name: 'Send Back' })).toBeVisible()
  await card.getByRole('link', { name: 'Release' }).focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'Release' })
  await expect(panel).toContainText('tide_da_sub.srt')
  await panel.getByRole('button', { name: 'Release to the platform' }).click()

  await expect(page.getByText('Released to the platform')).toBeVisible()
  await expect(card).toContainText('Released')
  await card.getByRole('link', { name: /^T-/ }).click()
  await expect(page.getByRole('tab', { name: /Deliveries/, selected: true })).toBeVisible()
  await expect(page.getByText('tide_da_sub.srt').first()).toBeVisible()
})
