import type { Page } from '@playwright/test'

/** The addresses of the details pages that the requests list links to, each once. */
export async function detailsPages(page: Page): Promise<string[]> {
  const links = page.locator('a[href^="/requests/"]')
  await links.first().waitFor()
  const addresses = await links.evaluateAll(found => found.map(it => (it as HTMLAnchorElement).pathname))
  return [...new Set(addresses)]
}

/** The id in the address of a details page. */
export function idIn(address: string): string {
  const id = address.split('/')[2]
  if (!id) throw new Error(`${address} is no details page`)
  return id
}
