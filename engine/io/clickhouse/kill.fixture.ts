/** Run by kill.test.ts as a process of its own: writes batches of 50 claims until it is killed, and says when each is acknowledged. */
import { writeSync } from 'node:fs'
import { encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import { sampleFlag, sampleSettlement } from '../../store/samples.ts'
import { openStore } from './open.ts'

const store = await openStore({ dir: process.argv[2] ?? '' })
const row = new RowWriter()
for (let batch = 0; ; batch++) {
  for (let i = 0; i < 50; i++) {
    const name = `${batch}-${i}`
    encodeClaimRow(row, sampleSettlement({ setl_id: name, psn_no: name }), { source: 'kill', partition: 0, offset: batch * 50 + i }, 'json', Uint8Array.of(10, 10))
  }
  await store.writer.write({ flags: [sampleFlag({ flag_id: `flag-${batch}` })], deadLetters: [], chunks: [row.takeChunk('claims')] })
  writeSync(1, `${batch}\n`)
}
