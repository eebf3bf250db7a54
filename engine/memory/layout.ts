/**
 * Where each field lies in a slot. W = index of a 32-bit word, D = of a double (two words), B = of a byte.
 * Times that are unknown are NaN; codes are numbers of the dictionary; links are slots, 0 = none.
 *
 * person, 88 bytes
 *   W0 visits | W1 stays | W2 others | W3 records | D2 judged at | D3 wake at | W8 place in the wake heap
 *   W9 tag | B40 length of psn_no | B41.. psn_no (30) | D9 revision last reported
 *   W20 day of the latest event that any version of any record told of
 *      visits, stays and others are the heads of three lists:
 *      visits  settled visits by setl_time, fixmedins_code, setl_id (canonical order)
 *      stays   one head a stay, unordered; each with its parts (settlements, list, admission, discharge) and 2301 days
 *      others  reversals (also of settlements not seen yet) and the death
 *
 * visit, reversal or death, 168 bytes ("visits" slab)
 *   W0 next | B4 kind and flags | B5 diagnosis groups | B6 length of setl_id | B7 of mdtrt_id
 *   D1 latest inf_time | D2 event time | D3 medfee | D4 fund | D5 account | W12 order | W13-14 content
 *   W15 institution | W16 insured area | W17 area | W18 med_type | W19 certificate | W20 pay_loc | W21 diagnosis
 *   W22 service time minus event time, seconds | W23-24 claim rules that flagged it | B100 setl_id (30) | B130 mdtrt_id (30)
 *   D20 inf_time
 *      latest inf_time and order are those of the last repeat: a third version is compared with them. inf_time is that of the
 *      version that was stored, so that revisions counted from the store and from memory agree.
 *
 * stay's head, part or days, 192 bytes ("stays" slab): see HEAD, PART, DAYS below.
 */

export const PERSON_BYTES = 88
export const PERSON = {
  visits: 0, stays: 1, others: 2, records: 3, judgedAt: 2, wakeAt: 3, heapPlace: 8, tag: 9,
  length: 40, psn_no: 41, said: 9, latestDay: 20
} as const

/** Kinds of slots, in the low bits of byte 4. Free slots have -1 in word 1, which no kind's bytes can make: lengths stay below 31. */
export const KIND = { visit: 1, reversal: 2, death: 3, head: 4, settlement: 5, list: 6, admission: 7, discharge: 8, days: 9 } as const
export const KIND_BYTE = 4
export const KIND_MASK = 15

export const VISIT_BYTES = 168
export const VISIT = {
  next: 0, groups: 5, setlLength: 6, mdtrtLength: 7,
  latest: 1, event: 2, medfee: 3, fund: 4, account: 5,
  order: 12, contentHi: 13, contentLo: 14, fix: 15, insuplc: 16, area: 17, medType: 18, certificate: 19, payLoc: 20, diagnosis: 21,
  service: 22, flaggedLo: 23, flaggedHi: 24, setl_id: 100, mdtrt_id: 130, inf: 20
} as const
/** In byte 4, above the kind. Void = a reversal of it is known. */
export const VISIT_FLAG = { void: 16, pharmacy: 32, dateOnly: 64, retroactive: 128 } as const
/** In the groups byte, above the six groups. */
export const EXTERNAL = 64

export const STAY_BYTES = 192
/** A stay: (institution, mdtrt_id), its parts, and what 2301 said (days and the fingerprints of the messages seen). */
export const HEAD = {
  next: 0, lines: 5, mdtrtLength: 7, parts: 2, days: 3, inf: 2, event: 3, fix: 8, seen: 9, seenCount: 10, mdtrt_id: 56
} as const
/** In a head's `lines` byte: any 2301 line came. */
export const HEAD_LINES = 1

export const PART = {
  next: 0, groups: 5, setlLength: 6,
  latest: 1, order: 4, contentHi: 5, contentLo: 6, days: 7,
  setl: 4, medfee: 5, fund: 6, account: 7, adm: 8, dscg: 9, begn: 10, end: 11,
  insuplc: 24, area: 25, medType: 26, certificate: 27, admWay: 28, dscgWay: 29, iptMedType: 30, admDept: 31, dscgDept: 32,
  disease: 33, diagnosis: 34, flaggedLo: 35, flaggedHi: 36, flags: 37, setl_id: 152, inf: 23
} as const
export const PART_FLAG = {
  void: 1, admDateOnly: 2, dscgDateOnly: 4, mid: 8, crossYear: 16, newborn: 32, planned: 64, purpose: 128, lines: 256, diagnoses: 512
} as const

/**
 * Entries of three words: days (day, first second | flags << 17, last second) ascending, or 2301 messages (content, content, order).
 *   W0 next | W1 kind << 0, entries in word 2 | W4.. entries
 */
export const DAYS = { next: 0, count: 2, entries: 4, perSlot: 14 } as const

/** Parts of a window that something touches. */
export const TOUCHED = { none: 0, stays: 1, visits: 2, death: 4 } as const
export const TOUCHED_ALL = TOUCHED.stays | TOUCHED.visits | TOUCHED.death
