import type { Locator, Page } from '@playwright/test'
import { openNumber } from '../support/details.ts'
import type { Person } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

/** A side panel, and what somebody does in it without a mouse. */
interface Panel {
  name: string
  who: Person
  /** The request on whose page it is opened. */
  request: string
  /** Where its button is: beside the head of the page, in its menu, or on a card of this tab. */
  on?: 'Hand-ins' | 'Deliveries'
  /** Changes something; absent where there is nothing to fill in. */
  fill?: (page: Page, panel: Locator) => Promise<void>
  /** The button that sends it, and what is said then; absent where the demo leaves it to another panel. */
  send?: [button: string, told: string]
}

const words = (label: string, text: string) => async (page: Page, panel: Locator) => {
  await reach(page, panel.getByRole('textbox', { name: label }).or(panel.getByRole('combobox', { name: label })))
  await page.keyboard.type(text)
}

/** In the order in which they are sent: some make the next one possible. */
const panels: Panel[] = [
  { name: 'Edit', who: 'nora', request: 'R-20008', fill: edit, send: ['Save changes', 'Changes saved'] },
  { name: 'Edit Dates', who: 'nora', request: 'R-20009', fill: dates, send: ['Save dates', 'Estimated delivery moved to'] },
  { name: 'Subassign', who: 'nora', request: 'R-20025', fill: partner('Kestrel Post'), send: ['Subassign', 'Partner subassigned'] },
  { name: 'Cancel', who: 'nora', request: 'R-20009', fill: words('Reason', 'Not needed'), send: ['Cancel the request', 'Request canceled'] },
  { name: 'Uncancel', who: 'nora', request: 'R-20009', fill: words('Reason', 'Needed'), send: ['Reopen the request', 'Request reopened'] },
  { name: 'Override', who: 'nora', request: 'R-20002', on: 'Deliveries', fill: override, send: ['Override', 'Errors overridden'] },
  { name: 'Send Back', who: 'nora', request: 'R-20027', on: 'Hand-ins', fill: words('Reason', 'Line 4 is late') },
  { name: 'Release', who: 'nora', request: 'R-20027', on: 'Hand-ins', send: ['Release to the platform', 'Released to the platform'] },
  { name: 'Assign Partner', who: 'paula', request: 'R-20024', fill: partner('Kestrel Post'), send: ['Assign', 'Partner assigned'] },
  { name: 'Request Redelivery', who: 'paula', request: 'R-20005', fill: redelivery, send: ['Request redelivery', 'Redelivery requested'] },
  { name: 'Change Status', who: 'paula', request: 'R-20011', fill: status, send: ['Change the status', 'Status changed'] },
  { name: 'Edit Due Date', who: 'paula', request: 'R-20023', fill: dueDate, send: ['Save the due date', 'Due date moved to'] },
  { name: 'Edit Package', who: 'paula', request: 'R-20023', fill: words('Tags', ', HDR'), send: ['Save the package', 'changed'] },
  { name: 'Set Expectations', who: 'paula', request: 'R-20023', fill: words('True peak', '-3'), send: ['Save the limits', 'Files are judged by profile'] },
  { name: 'Upgrade', who: 'paula', request: 'R-20001', fill: words('What is to be better', 'UHD'), send: ['Ask for the upgrade', 'asks for the upgrade'] },
  { name: 'Approve Override', who: 'paula', request: 'R-20003', on: 'Deliveries', fill: words('Comment', 'As it was meant'), send: ['Approve', 'Override approved'] },
  { name: 'Decline Override', who: 'paula', request: 'R-20002', on: 'Deliveries', fill: words('Reason', 'The old credits, please'), send: ['Decline', 'Override declined'] },
  { name: 'Inspect Again', who: 'paula', request: 'R-20022', on: 'Deliveries', send: ['Inspect again', 'The file is inspected again'] },
  { name: 'Ignore', who: 'paula', request: 'R-20004', on: 'Deliveries', send: ['Ignore this transfer', 'Transfer ignored'] },
]

/** Searches for a partner, and chooses whom is found. */
function partner(name: string) {
  return async (page: Page, panel: Locator): Promise<void> => {
    await type(page, panel.getByRole('searchbox', { name: 'Search' }), name)
    await expect(panel.getByText(/^1 of \d+ partners$/)).toBeVisible()
    const found = panel.getByRole('radio', { name })
    await reach(page, found)
    await page.keyboard.press('Space')
    await expect(found).toBeChecked()
  }
}

async function edit(page: Page, panel: Locator): Promise<void> {
  await arrow(page, panel.getByRole('radio', { name: 'Conform' }))
  await words('Comment', 'An older one is fitted')(page, panel)
}

async function dates(page: Page, panel: Locator): Promise<void> {
  await type(page, panel.getByLabel('Date', { exact: true }), '04012027')
  await reach(page, panel.getByLabel('Reason'))
  await page.keyboard.type('Talent')
  await words('Comment', 'The singer is ill')(page, panel)
}

async function dueDate(page: Page, panel: Locator): Promise<void> {
  await type(page, panel.getByLabel('Due Date'), '04012027')
}

async function override(page: Page, panel: Locator): Promise<void> {
  await arrow(page, panel.getByRole('radio', { name: 'Another cut or version than before' }))
  await words('In words', 'Longer credits')(page, panel)
}

async function redelivery(page: Page, panel: Locator): Promise<void> {
  await reach(page, panel.getByRole('checkbox').first())
  await page.keyboard.press('Space')
  await words('Comment', 'A click at 01:12:08:14')(page, panel)
}

async function status(page: Page, panel: Locator): Promise<void> {
  await arrow(page, panel.getByRole('radio', { name: /^Processed/ }))
  await words('Comment', 'By telephone')(page, panel)
}

/** Goes there with Tab. */
async function reach(page: Page, target: Locator): Promise<void> {
  await expect(async () => {
    if (!(await focused(target))) await page.keyboard.press('Tab')
    expect(await focused(target)).toBe(true)
  }).toPass({ intervals: [0], timeout: 10_000 })
}

/** Goes to one of a group with Tab and the arrows, which chooses it. */
async function arrow(page: Page, radio: Locator): Promise<void> {
  const group = await radio.getAttribute('name')
  await reach(page, page.locator(`input[name="${group}"]`))
  if ((await page.locator(`input[name="${group}"]:checked`).count()) === 0) await page.keyboard.press('Space')
  await expect(async () => {
    if (!(await radio.isChecked())) await page.keyboard.press('ArrowDown')
    expect(await radio.isChecked()).toBe(true)
  }).toPass({ intervals: [0], timeout: 10_000 })
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await reach(page, field)
  await page.keyboard.type(text)
}

/** Whether one of these has the focus. */
async function focused(target: Locator): Promise<boolean> {
  return (await target.evaluateAll(all => all.includes(document.activeElement as HTMLElement)))
}

/** Opens the panel with Enter, and answers the button that did it. */
async function openPanel(page: Page, panel: Panel): Promise<Locator> {
  if (panel.on === 'Hand-ins') await page.getByRole('tab', { name: /Hand-ins/ }).press('Enter')
  const name = { name: panel.name, exact: true }
  const place = panel.on === undefined ? page.getByRole('banner').or(page.locator('.request-header')) : page.getByRole('article')
  const button = place.getByRole('link', name).first()
  const menu = page.getByRole('button', { name: 'More actions' })
  await expect(button.or(menu).first()).toBeVisible()
  if (panel.on !== undefined) await expect(button).toBeVisible()
  if (await button.isVisible()) {
    await button.focus()
    await page.keyboard.press('Enter')
    return button
  }
  await menu.focus()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { ...name })
  await expect(item).toBeVisible()
  await expect(async () => {
    if (!(await focused(item))) await page.keyboard.press('ArrowDown')
    expect(await focused(item)).toBe(true)
  }).toPass({ intervals: [0], timeout: 10_000 })
  await page.keyboard.press('Enter')
  return menu
}

/** Where the focus goes with one key until it has been everywhere: never behind the panel. */
async function goRound(page: Page, dialog: Locator, key: 'Tab' | 'Shift+Tab'): Promise<string[]> {
  const at = () => dialog.evaluate(it => {
    const now = document.activeElement
    if (now === null || now === document.body) return 'nowhere'
    if (!it.contains(now)) return `behind: ${now.outerHTML.slice(0, 80)}`
    return `${[...it.querySelectorAll('*')].indexOf(now)}`
  })
  const stops: string[] = []
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press(key)
    const stop = await at()
    // A date is one field of several stops.
    if (stop === 'nowhere' || stop === stops.at(-1)) continue
    if (stops.includes(stop)) break
    stops.push(stop)
  }
  return stops
}

for (const panel of panels) {
  test(`${panel.name} is filled in, kept and left by keyboard alone`, async ({ arrive }) => {
    test.slow()
    const visitor = await arrive()
    await visitor.signIn(panel.who)
    const page = await openNumber(visitor, panel.request)
    const dialog = page.getByRole('dialog', { name: panel.name, exact: true })
    const send = dialog.getByRole('button', { name: panel.send?.[0] ?? panel.name, exact: false }).last()
    const questions: string[] = []
    let leaves = false
    page.on('dialog', async it => {
      questions.push(it.message())
      await (leaves ? it.accept() : it.dismiss())
    })

    const opener = await openPanel(page, panel)
    await expect(dialog.getByRole('button').last()).toBeVisible()
    await expect(dialog.locator('form')).toBeVisible()
    const first = dialog.locator('form').locator('input:not([type=hidden]), select, textarea').first()
    if (panel.fill === undefined) await expect.poll(() => focused(dialog.locator(':focus'))).toBe(true)
    else await expect(first).toBeFocused()

    const there = await goRound(page, dialog, 'Tab')
    const back = await goRound(page, dialog, 'Shift+Tab')
    expect(there.filter(it => it.startsWith('behind'))).toEqual([])
    expect(there.length).toBeGreaterThan(1)
    expect([...back].sort()).toEqual([...there].sort())

    if (panel.fill !== undefined) {
      await panel.fill(page, dialog)
      const typed = await dialog.locator('form').evaluate(it => JSON.stringify([...new FormData(it as HTMLFormElement)]))
      // A browser lets a page object once; whatever is typed has to outlive the second time too.
      for (const time of [1, 2, 3]) {
        await page.keyboard.press('Escape')
        await expect.poll(() => questions.length).toBe(time)
        await expect(dialog).toBeVisible()
        expect(await dialog.locator('form').evaluate(it => JSON.stringify([...new FormData(it as HTMLFormElement)]))).toBe(typed)
        expect(await focused(dialog.locator(':focus'))).toBe(true)
      }
      leaves = true
    }
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(opener).toBeFocused()
    expect(questions).toHaveLength(panel.fill === undefined ? 0 : 4)

    if (panel.send === undefined) return
    await openPanel(page, panel)
    await expect(dialog.locator('form')).toBeVisible()
    await panel.fill?.(page, dialog)
    await reach(page, send)
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByText(panel.send[1]).first()).toBeVisible()
  })
}
