import { password, people } from '../support/people.ts'
import { detailsPages } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'

test('whoever is signed out is shown the door, and led back after signing in', async ({ arrive, nora }) => {
  await nora.open('/')
  const [details] = await detailsPages(nora.page)
  const visitor = await arrive()

  await visitor.open(details)
  await expect(visitor.page).toHaveURL(/\/sign-in/)
  await visitor.awake(visitor.page)
  await visitor.fillIn(people.nora, password)

  await visitor.page.waitForURL(url => url.pathname === details)
  // The page is of another wing and still being loaded: a browser that is closed meanwhile may hang.
  await visitor.awake(visitor.page)
})

test('the door opens to the requests of my organization', async ({ visitor }) => {
  await visitor.signIn('nora')

  await expect(visitor.page).toHaveURL('/')
  await expect(visitor.page.locator('a[href^="/requests/"]').first()).toBeVisible()
})

test('a wrong password is refused without saying which half was wrong', async ({ visitor }) => {
  visitor.expectRefusals()
  await visitor.open('/sign-in')
  const said: (string | null)[] = []

  for (const [email, secret] of [[people.felix, 'not-the-password'], ['nobody@nowhere.example', password]]) {
    await visitor.open('/sign-in')
    await visitor.fillIn(email, secret)
    const alert = visitor.page.getByRole('alert')
    await expect(alert).not.toBeEmpty()
    said.push(await alert.textContent())
  }

  expect(said[0]).toBe(said[1])
  await expect(visitor.page).toHaveURL(/\/sign-in/)
})

test("another organization's request does not exist for me", async ({ nora, kenji }) => {
  await nora.open('/')
  await kenji.open('/')
  const mine = new Set(await detailsPages(kenji.page))
  const [theirs] = (await detailsPages(nora.page)).filter(it => !mine.has(it))

  const answer = await kenji.page.request.get(theirs)
  const invented = await kenji.page.request.get('/requests/00000000-0000-4000-8000-000000000000')

  expect(answer.status()).toBe(404)
  expect(invented.status()).toBe(404)
})

test('without script one can sign in and read', async ({ arrive }) => {
  const { page } = await arrive({ javaScriptEnabled: false })

  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(people.nora)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const details = page.locator('a[href^="/requests/"]').first()
  await page.goto((await details.getAttribute('href')) ?? '')

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('tab', { name: /Deliveries/ })).toBeVisible()
})
