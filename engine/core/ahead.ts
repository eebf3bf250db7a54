/** Work under way ahead of its completion, so much at once and no more: how sources keep lanes busy in bounded memory. */
export class Ahead {
  readonly #most: number
  readonly #underWay = new Set<Promise<void>>()

  /** @param most pieces of work under way at once */
  constructor (most: number) {
    this.#most = most
  }

  /** Takes in work already started; resolves when there is room for more. A failure surfaces here or in `finished`. */
  async add (work: Promise<void>): Promise<void> {
    this.#underWay.add(work)
    void work.then(() => this.#underWay.delete(work), () => {}) // a failed one stays, for `finished` to throw
    if (this.#underWay.size >= this.#most) await Promise.race(this.#underWay)
  }

  /** Resolves when everything is done. Throws what any of it threw. */
  async finished (): Promise<void> {
    await Promise.all(this.#underWay)
  }
}
