// Takes a picture out of the page as SVG, PNG or CSV text, with its colours and type written into it.
const KEPT = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'paint-order',
  'dominant-baseline',
] as const

/** A drawing as a self-contained SVG document: computed styles become attributes, the page's ground its background. */
export function svgOf(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const from = [drawing, ...drawing.querySelectorAll<SVGElement>('*')]
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [index, element] of from.entries()) {
    const style = getComputedStyle(element)
    for (const name of KEPT) {
      const value = style.getPropertyValue(name)
      if (value !== '') to[index]!.setAttribute(name, value)
    }
    for (const name of ['class', 'style', 'tabindex', 'href']) to[index]!.removeAttribute(name)
  }
  const { width, height } = drawing.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(Math.round(width)))
  copy.setAttribute('height', String(Math.round(height)))
  if (!copy.getAttribute('viewBox'))
    copy.setAttribute('viewBox', `0 0 ${Math.round(width)} ${Math.round(height)}`)
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  const [x = '0', y = '0'] = (copy.getAttribute('viewBox') ?? '0 0').split(' ')
  for (const [name, value] of Object.entries({
    x,
    y,
    width: '100%',
    height: '100%',
    fill: getComputedStyle(document.body).backgroundColor,
  }))
    ground.setAttribute(name, value)
  copy.prepend(ground)
  return new XMLSerializer().serializeToString(copy)
}

/** An SVG document as a PNG with twice its pixels. */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * 2
  canvas.height = image.naturalHeight * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be drawn'))),
      'image/png',
    )
  })
}

/** Saves text or a picture as a file. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** Copies to the clipboard; where the browser refuses, saves a file. Tells which of the two happened. */
export async function copyOrSave(name: string, content: Blob): Promise<'copied' | 'saved'> {
  try {
    if (content.type.startsWith('image/png'))
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': content })])
    else await navigator.clipboard.writeText(await content.text())
    return 'copied'
  } catch {
    saveFile(name, content)
    return 'saved'
  }
}
