/** The people of the demo data, one for each point of view. */
export const people = {
  /** fulfillment partner Studio Nord, administrator: delivers */
  nora: 'nora@studionord.example',
  /** content partner Blue Fjord Pictures: owns the titles */
  felix: 'felix@bluefjord.example',
  /** the platform: sees everything */
  paula: 'paula@reelgate.example',
  /** the platform, administrator: looks after the organizations */
  ines: 'ines@reelgate.example',
  /** fulfillment partner Kestrel Post: a stranger to Studio Nord's requests */
  kenji: 'kenji@kestrel.example',
} as const

export type Person = keyof typeof people

export const password = 'reelgate-demo'
