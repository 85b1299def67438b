/** A page of the component as 512 words. */

export class Page {
  readonly words = array(u64, 512);
}
staticAssert(sizeof<Page>() === 4096);

/** The page at an address that the component has mapped. */
export function pageAt(address: u64): Page {
  return objectAt<Page>(address);
}

/** Whether every word of a page is zero. */
export function pageIsZero(page: Page): boolean {
  for (const word of page.words) {
    if (word !== 0n) return false;
  }
  return true;
}
