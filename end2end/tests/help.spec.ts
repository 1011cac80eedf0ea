import { expect, test } from '../support/test.ts'

test('a search finds codes by any part of their name, guides by their words, and marks what was found', async ({ visitor }) => {
  const page = await visitor.open('/help')
  expect(await page.locator('main .codes').getByRole('link').count()).toBeGreaterThan(10)
  const answers = page.getByRole('region', { name: 'Answers' }).getByRole('link')
  const search = async (text: string) => {
    await page.getByRole('searchbox', { name: 'Search the help' }).fill(text)
    await page.getByRole('searchbox', { name: 'Search the help' }).press('Enter')
  }

  await search('timebase')
  await expect(answers.first()).toContainText('TimedText-TimeBaseConflict')
  await expect(page).toHaveURL('/help?q=timebase')
  await search('damaged on its way')
  await expect(answers.first()).toContainText('FILE-Corrupt')
  await search('how do I resume an upload')
  await expect(answers.first()).toContainText('Resume an upload')
  await expect(answers.first().locator('mark').first()).toHaveText('Resume')
  await search('zebrazebra')
  await expect(page.getByText('Nothing here says “zebrazebra”')).toBeVisible()
})

test('a word that is misspelled is answered with the right one', async ({ visitor }) => {
  const page = await visitor.open('/help?q=overide')
  await page.getByText('Did you mean').getByRole('link', { name: 'override', exact: true }).click()

  await expect(page.getByRole('region', { name: 'Answers' }).getByRole('link').first()).toContainText('Override')
})

test('an article says how it is measured, what to do, and whether it can be overridden', async ({ visitor }) => {
  const page = await visitor.open('/help')
  await page.getByRole('link', { name: 'VALIDATOR-SourceDuration' }).click()

  await expect(page).toHaveURL('/help/inspection/VALIDATOR-SourceDuration')
  for (const head of ['Why it matters', 'How it is measured', 'What to do', 'Can it be overridden?', 'Related']) {
    await expect(page.getByRole('heading', { level: 2, name: head })).toBeVisible()
  }
  await expect(page.getByText('Can be overridden').first()).toBeVisible()
  await page.locator('.related').getByRole('link').first().click()
  await expect(page).not.toHaveURL(/SourceDuration/)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('a guide leads to the statuses and codes that it speaks of', async ({ visitor }) => {
  const page = await visitor.open('/help')
  await page.getByRole('main').getByRole('link', { name: 'Deliver a file' }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Deliver a file' })).toBeVisible()
  await page.getByRole('article').getByRole('link', { name: 'FILE-Corrupt' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The file was damaged on its way' })).toBeVisible()

  await page.goBack()
  await page.getByRole('article').getByRole('link', { name: 'Failed Inspection' }).click()
  await expect(page).toHaveURL('/help#transfer-failed_inspection')
  await expect(page.locator('#transfer-failed_inspection')).toBeInViewport()
})

test('every status is explained', async ({ visitor }) => {
  const page = await visitor.open('/help')

  await expect(page.locator('#request-statuses dt')).toHaveCount(7)
  await expect(page.locator('#transfer-statuses dt')).toHaveCount(10)
  await expect(page.locator('#material-statuses dt')).toHaveCount(4)
})

test('without script the help can be searched and read', async ({ arrive }) => {
  const { page } = await arrive({ javaScriptEnabled: false })
  await page.goto('/help')
  await page.getByRole('searchbox', { name: 'Search the help' }).fill('channelmapping')
  await page.getByRole('searchbox', { name: 'Search the help' }).press('Enter')

  const answers = page.getByRole('region', { name: 'Answers' }).getByRole('link')
  await expect(answers.first()).toContainText('ChannelMapping-InconsistentChannelCount')
})

test('what a partner asks is answered by the platform, and seen by nobody else', async ({ nora, paula, kenji }) => {
  nora.expectRefusals()
  const page = await nora.open('/deliver')
  await page.getByRole('button', { name: /Studio Nord/ }).click()
  const opened = page.waitForEvent('popup')
  await page.getByRole('menuitem', { name: 'Submit a Request' }).click()
  const form = await nora.awake(await opened)
  await expect(form.getByText('the page you came from')).toContainText('/deliver')

  await form.getByLabel('Subject').fill('Upload stops')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(form.getByText('Say what you need help with.')).toBeVisible()
  await expect(form.getByLabel('Subject')).toHaveValue('Upload stops')
  await form.getByLabel('What do you need help with?').fill('At 40 %, three times now.')
  await form.getByRole('button', { name: 'Send' }).click()
  await expect(form.getByRole('heading', { level: 1, name: 'Upload stops' })).toBeVisible()
  const address = new URL(form.url()).pathname

  const desk = await paula.open('/help/requests')
  await desk.getByRole('link', { name: /Upload stops/ }).click()
  await desk.getByLabel('Answer').fill('Try it without the VPN.')
  await desk.getByLabel('Status').selectOption('Solved')
  await desk.getByRole('button', { name: 'Save' }).click()
  await expect(desk.getByText('Try it without the VPN.')).toBeVisible()
  expect((await kenji.page.request.get(address)).status()).toBe(404)

  const answered = await nora.open(address)
  await expect(answered.getByText('Try it without the VPN.')).toBeVisible()
  await answered.getByLabel('Write more').fill('It works now.')
  await answered.getByLabel('Write more').press('Control+Enter')
  await expect(answered.getByText('It works now.')).toBeVisible()
  await expect(answered.locator('.ticket > .facts')).toContainText('Open')
})
