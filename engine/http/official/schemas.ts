/** The OpenAPI description of 3101 and 3102: node names, types and lengths as in the interface's field tables (README.md). */
import { BRIEF_FLAG_EXAMPLE } from '../examples.ts'
import { list, object, problems, text } from '../schemas.ts'

const chars = (max: number, description: string, example: string) =>
  ({ ...text(`${description} C${max}`, example), maxLength: max }) as const
const amount = (description: string) => ({ ...text(`${description} N(16,2), yuan`, '8123.40'), pattern: '^-?\\d+\\.\\d{2}$' }) as const

const ORDER_EXAMPLE = {
  rx_id: 'RX1', rxno: '20260305001', grpno: '', long_drord_flag: '0', hilist_type: '101', chrg_type: '09', drord_bhvr: '0',
  hilist_code: 'XC08CAA259A001010102180',
  hilist_name: '氨氯地平片', hilist_lv: '01', hilist_pric: '61.70', hosplist_code: 'Y0001', hosplist_name: '氨氯地平片', cnt: '2', pric: '61.70',
  sumamt: '123.40',
  ownpay_amt: '0', selfpay_amt: '0', spec: '5mg×28片', spec_unt: '盒', drord_begn_date: '2026-03-05 10:12:00', drord_dept_codg: 'A03',
  drord_dept_name: '内科',
  drord_dr_codg: 'D341702000123', drord_dr_name: '李某', drord_dr_profttl: '3', curr_drord_flag: '1'
}

const ENCOUNTER_EXAMPLE = {
  mdtrt_id: 'M2', medins_id: 'H34170200001', medins_name: '某某医院', medins_admdvs: '341702', medins_type: '1', medins_lv: '05',
  wardarea_codg: 'W3', bedno: 'W3-12',
  adm_date: '2026-03-05 09:00:00', dscg_date: '', dscg_main_dise_codg: 'I10.x00', dscg_main_dise_name: '高血压',
  fsi_diagnose_dtos: [{
    dise_id: 'D1', inout_dise_type: '1', maindise_flag: '1', dias_srt_no: '1', dise_codg: 'I10.x00', dise_name: '高血压',
    dise_date: '2026-03-05 09:10:00'
  }],
  dr_codg: 'D341702000123', adm_dept_codg: 'A03', adm_dept_name: '内科', dscg_dept_codg: 'A03', dscg_dept_name: '内科', med_mdtrt_type: '2',
  med_type: '21',
  fsi_order_dtos: [ORDER_EXAMPLE], matn_stas: '0', medfee_sumamt: '8123.40', ownpay_amt: '0', selfpay_amt: '0', acct_payamt: '123.40',
  ma_amt: '0', hifp_payamt: '6500.00',
  setl_totlnum: '0', insutype: '310', reim_flag: '1', out_setl_flag: '2', fsi_operation_dtos: []
}

export const OFFICIAL_REQUEST_EXAMPLE = {
  data: {
    syscode: 'HIS', task_id: 'T20260305100000001', trig_scen: '5', rule_ids: [],
    patient_dtos: [{
      patn_id: 'P1', patn_name: '张某', gend: '2', brdy: '1951-04-02', poolarea: '341702', curr_mdtrt_id: 'M2',
      fsi_encounter_dtos: [ENCOUNTER_EXAMPLE]
    }]
  }
}

const detail = object({
  jrd_id: chars(50, '明细标识', '4f1c2a9be07d3355-1'),
  patn_id: chars(50, '参保人标识', 'P1'),
  mdtrt_id: chars(50, '就诊标识', 'M2'),
  rx_id: chars(50, '处方（医嘱）标识；整次就诊时为空', 'RX1'),
  vola_item_type: { type: 'string', enum: ['1', '2'], description: 'C3：1 违规项（本系统的主疑点项），2 涉及项' },
  vola_amt: amount('涉及金额')
})

const result = object({
  jr_id: chars(50, '结果标识：本系统的 flag_id', '4f1c2a9be07d3355'),
  rule_id: chars(50, '国家规则编码；国家规则库没有的为本系统规则名', 'GZ10000204001000'),
  rule_name: chars(200, '规则名称', '分解住院'),
  vola_cont: chars(500, '内容', BRIEF_FLAG_EXAMPLE.sentence_zh),
  patn_id: chars(50, '参保人标识，与请求一致', 'P1'),
  mdtrt_id: chars(50, '就诊标识；涉及多次就诊时为其中一次', 'M2'),
  judge_result_detail_dtos: list(detail, '明细'),
  vola_amt: amount('涉及金额'),
  vola_amt_stas: { type: 'string', enum: ['0', '1'], description: 'C3：1 正常，0 涉及尚未结算的就诊，金额不完整' },
  sev_deg: { type: 'string', enum: ['1', '2', '3'], description: 'C3：1 明确违规，2 高度可疑，3 轻度可疑；均为疑点，须经核查认定' },
  vola_evid: chars(500, '依据', '《医疗保障基金使用监督管理条例》第三十八条第（一）项'),
  vola_bhvr_type: { type: 'string', enum: ['1', '2'], description: 'C3：1 就诊类，2 项目类' },
  task_id: text('任务标识，与请求一致', 'T20260305100000001')
})

const note = object({
  mdtrt_id: text('就诊标识', 'M1'),
  code: text('why: a reason of rejection, history_partial or already_settled', 'missing_field'),
  field: text('字段，按本系统记录的字段名', 'setlinfo.setl_time'),
  seen: text('所见值，已脱敏', ''),
  zh: text('中文说明', '缺少必填字段'),
  en: text('the same in English', 'a required field is missing')
})

const bare = { result: list(result, '疑点，没有时为空'), notes: list(note, '本系统增加的节点：无法研判或研判不全的就诊') }
const output = object(bare)

/** With the header of the interface when the request had one. */
export const answer = {
  type: 'object',
  additionalProperties: false,
  properties: {
    infcode: { type: 'integer', enum: [0, -1], description: '0 成功，-1 没有一次就诊能够研判；仅当请求带报文头时' },
    inf_refmsgid: chars(30, '接收方报文标识', '341702202603051000000000000001'),
    refmsg_time: chars(17, '接收报文时间 yyyyMMddHHmmssSSS', '20260305100000000'),
    respond_time: chars(17, '响应报文时间 yyyyMMddHHmmssSSS', '20260305100000012'),
    err_msg: chars(200, '错误信息', ''),
    output,
    ...bare
  }
} as const

export const OFFICIAL_ANSWER_EXAMPLE = {
  result: [{
    jr_id: BRIEF_FLAG_EXAMPLE.flag_id, rule_id: 'GZ10000204001000', rule_name: '分解住院', vola_cont: BRIEF_FLAG_EXAMPLE.sentence_zh,
    patn_id: 'P1', mdtrt_id: 'M2',
    judge_result_detail_dtos: [
      { jrd_id: `${BRIEF_FLAG_EXAMPLE.flag_id}-1`, patn_id: 'P1', mdtrt_id: 'M2', rx_id: '', vola_item_type: '1', vola_amt: '8123.40' },
      { jrd_id: `${BRIEF_FLAG_EXAMPLE.flag_id}-2`, patn_id: 'P1', mdtrt_id: 'M1', rx_id: '', vola_item_type: '2', vola_amt: '5000.00' }
    ],
    vola_amt: '8123.40', vola_amt_stas: '1', sev_deg: '2', vola_evid: '《医疗保障基金使用监督管理条例》第三十八条第（一）项', vola_bhvr_type: '1',
    task_id: 'T20260305100000001'
  }],
  notes: []
}

export function officialSchema (infno: '3101' | '3102') {
  const [zh, en] = infno === '3101' ? ['明细审核事前分析', 'before treatment'] : ['明细审核事中分析', 'during treatment']
  return {
    operationId: `post${infno}`,
    tags: ['claims'],
    summary: `${infno} ${zh}（国家接口格式） · the national interface’s check ${en}`,
    description: `国家医保信息平台接口 ${infno} 的输入与输出格式；研判而不记录，同 POST /v1/claims:check。Takes \`{data: …}\`, or the whole message with its header ` +
      '(`{infno, msgid, …, input: {data: …}}`), which is then answered with one. Only application/json, plain or gzip. ' +
      'The encounter `curr_mdtrt_id` is judged by what the engine has in memory; the other encounters of the request count as far as ' +
      'memory lacks them. Which fields are used, and which rules cannot speak for lack of them: engine/http/official/README.md. ' +
      '422: not one of the encounters asked about could be judged; `notes` says why.',
    consumes: ['application/json'],
    body: { content: { 'application/json': { schema: MESSAGE } } },
    response: {
      200: { ...answer, description: '已研判，未记录 · judged, not recorded', examples: [OFFICIAL_ANSWER_EXAMPLE] },
      422: { ...answer, description: '无法研判 · nothing could be judged', examples: [{ result: [], notes: [NOTE_EXAMPLE] }] },
      ...problems(400, 413, 415, 503)
    }
  } as const
}

const MESSAGE = { type: 'object', additionalProperties: true, examples: [OFFICIAL_REQUEST_EXAMPLE] } as const
const NOTE_EXAMPLE = {
  mdtrt_id: 'M2', code: 'missing_field', field: 'insuplc_admdvs', seen: '', zh: '缺少必填字段', en: 'a required field is missing'
}
