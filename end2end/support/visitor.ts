import { AxeBuilder } from '@axe-core/playwright'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
  type Request,
} from '@playwright/test'
import { type Person, password, people } from './people.ts'

/** The browser itself reports every refused call; no answer of the server can prevent that. */
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/
const mayRefuse = /^\/(fn|uploads|parts|invitation|people|titles|packages|requests\/[^/]+\/[a-z_]+)(\/|$)/

/** What a browser says of every call that finds no network. */
const outage = /net::ERR_INTERNET_DISCONNECTED|net::ERR_NETWORK_CHANGED/

/** What a browser says of every page whose scripts it was told not to run. */
const idle = /was preloaded using link preload but not used/

/** Somebody at a browser of their own. Whatever the pages complain about fails the test. */
export class Visitor {
  private readonly complaints: string[] = []
  /** What the portal is being told of a person's choices. */
  private readonly choices = new Set<Request>()
  private expectsRefusals = false
  private expectsOutage = false
  private readonly runsScripts: boolean

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly address: string,
    options: BrowserContextOptions,
  ) {
    this.runsScripts = options.javaScriptEnabled !== false
  }

  static async arrive(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ ...options, baseURL: address })
    const visitor = new Visitor(context, await context.newPage(), address, options)
    visitor.listen()
    return visitor
  }

  /** Goes to a page and waits until it is awake; a click before that would be lost. */
  async open(path: string): Promise<Page> {
    await this.page.goto(path)
    return this.awake(this.page)
  }

  /** A second window of the same person. */
  async openWindow(path: string): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(path)
    return this.awake(page)
  }

  /** Waits until a page is awake that something else has opened. */
  async awake(page: Page): Promise<Page> {
    await page.locator('body[data-ready]').waitFor({ state: 'attached' })
    return page
  }

  /** Fills in the sign-in form, and leaves when it lets us in. */
  async signIn(person: Person): Promise<void> {
    await this.open('/sign-in')
    // The list is another wing: it is loaded anew, after the address has changed already.
    const loaded = this.page.waitForEvent('load')
    await this.fillIn(people[person], password)
    await loaded
    await this.awake(this.page)
  }

  /** Sends the sign-in form, whatever comes of it. */
  async fillIn(email: string, secret: string): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email)
    await this.page.getByLabel('Password', { exact: true }).fill(secret)
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }

  /** From here on, refused calls are part of the plan. */
  expectRefusals(): void {
    this.expectsRefusals = true
  }

  /** From here on, the network may be away. */
  expectOutage(): void {
    this.expectsOutage = true
  }

  /** Finds nothing that keeps people out. */
  async expectAccessible(page: Page = this.page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze()
    const findings = violations.flatMap(it => it.nodes.map(node => `${it.id}: ${it.help}\n    ${node.target.join(' ')}`))
    expect(findings, `accessibility of ${page.url()}`).toEqual([])
  }

  /** Closes the browser and tells what its pages complained about. */
  async leave(): Promise<string[]> {
    await this.untilChoicesAreTold()
    await this.context.close()
    return this.complaints
  }

  /** The next browser of this person begins with them; closing one in the same moment would cut them off. */
  private async untilChoicesAreTold(): Promise<void> {
    // A page that goes away takes its calls with it, and nobody tells of them any more.
    for (let round = 0; this.choices.size > 0 && round < 100; round += 1) {
      await this.page.waitForTimeout(20)
    }
  }

  private listen(): void {
    this.context.on('request', it => it.url().includes('remember_preference') && this.choices.add(it))
    this.context.on('requestfinished', it => this.choices.delete(it))
    this.context.on('requestfailed', it => this.choices.delete(it))
    this.context.on('weberror', it => this.complaints.push(`${it.page()?.url()}: ${it.error().message}`))
    this.context.on('console', message => {
      const loud = message.type() === 'error' || message.type() === 'warning'
      const { url } = message.location()
      if (loud && !this.isExpected(message.text(), url)) this.complaints.push(`${url}: ${message.text()}`)
    })
  }

  private isExpected(text: string, url: string): boolean {
    if (!this.runsScripts && idle.test(text)) return true
    if (this.expectsOutage && outage.test(text)) return true
    if (!this.expectsRefusals || !refusal.test(text) || !url.startsWith(this.address)) return false
    return mayRefuse.test(new URL(url).pathname)
  }
}
