import type { Page } from '@playwright/test'
import { detailsPages } from './requests.ts'
import type { Visitor } from './visitor.ts'

/** The address of the first details page that this person may see and whose HTML, as served, matches; the marks that waking needs are left out. */
export async function detailsWhere(visitor: Visitor, matches: RegExp): Promise<string> {
  await visitor.open('/')
  for (const address of await detailsPages(visitor.page)) {
    const html = await (await visitor.page.request.get(address)).text()
    if (matches.test(html.replaceAll('<!>', ''))) return address
  }
  throw new Error(`no details page matches ${matches}`)
}

/** In the HTML of a page: a card, or the request itself, in this status. */
export function inStatus(label: string): RegExp {
  return new RegExp(`</svg>${label}</(span|a)>`)
}

/** The cards of the Deliveries tab, newest first. */
export function cards(page: Page) {
  return page.getByRole('tabpanel').getByRole('article')
}

/** The head of a card, which turns it over. */
export function head(page: Page, place = 0) {
  return cards(page).nth(place).getByRole('button').first()
}

/** Opens the details page of the request with this number. */
export async function openNumber(visitor: Visitor, number: string): Promise<Page> {
  await visitor.open(`/?q=${number}`)
  const address = await visitor.page.locator('a[href^="/requests/"]').first().getAttribute('href')
  return visitor.open(address ?? '')
}
