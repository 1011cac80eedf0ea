import { detailsPages, idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'

const themes = ['light', 'dark'] as const
const tabs = ['deliveries', 'quality', 'comments', 'history', 'materials']

for (const colorScheme of themes) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test('the sign-in page keeps nobody out', async ({ visitor }) => {
      await visitor.page.emulateMedia({ colorScheme })
      await visitor.open('/sign-in')
      await visitor.expectAccessible()
    })

    test('the requests keep nobody out', async ({ nora }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/')
      await detailsPages(nora.page)
      await nora.expectAccessible()
    })

    test('no tab of the details page keeps anybody out', async ({ nora }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/')
      const [details] = await detailsPages(nora.page)

      for (const tab of tabs) {
        await nora.open(`${details}?tab=${tab}`)
        await expect(nora.page.getByRole('tabpanel')).toBeVisible()
        await nora.expectAccessible()
      }
    })

    test('the delivery page keeps nobody out', async ({ nora }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/')
      const [details] = await detailsPages(nora.page)

      await nora.open(`/deliver?requests=${idIn(details)}`)
      await nora.expectAccessible()
    })

    test('account and people keep nobody out', async ({ nora, ines }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/account')
      await nora.expectAccessible()

      await ines.page.emulateMedia({ colorScheme })
      await ines.open('/people')
      await ines.page.getByText('Invite…').click()
      await ines.expectAccessible()
    })

    test('titles keep nobody out', async ({ paula }) => {
      await paula.page.emulateMedia({ colorScheme })
      const page = await paula.open('/titles')
      await paula.expectAccessible()
      await page.getByRole('link', { name: 'Enter a title' }).click()
      await expect(page.getByRole('dialog').getByLabel('Full title')).toBeVisible()
      await paula.expectAccessible()
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'The Long Tide' }).click()
      await expect(page.getByRole('heading', { name: 'Packages' })).toBeVisible()
      await paula.expectAccessible()
      await page.getByRole('link', { name: 'Add a package' }).click()
      await expect(page.getByRole('dialog').getByLabel('Name of the package')).toBeVisible()
      await paula.expectAccessible()
    })

    test('the notices keep nobody out', async ({ nora }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/notices')
      await expect(nora.page.getByRole('heading', { level: 1 })).toBeVisible()
      await nora.expectAccessible()
    })

    test('the help keeps nobody out', async ({ nora }) => {
      await nora.page.emulateMedia({ colorScheme })
      await nora.open('/help')
      await nora.expectAccessible()

      await nora.open('/help/inspection/TimedText-TimeBaseConflict')
      await nora.expectAccessible()
    })
  })
}
