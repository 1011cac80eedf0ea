// Waits for questions of the delivery page. The build writes the names of the files in.
import init, { preflight } from './SCRIPT'

const ready = init({ module_or_path: new URL('./WASM', import.meta.url) })

onmessage = async ({ data: [question, files, port] }) => {
  port.postMessage(await ready.then(() => preflight(question, files)).catch(() => undefined))
}
