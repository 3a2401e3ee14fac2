import { describe, expect, it } from 'vitest'
import { documentOf } from '../../src/matching/document.ts'
import { evaluate, spansOf } from '../../src/matching/evaluate.ts'
import { createPercolator } from '../../src/matching/percolator.ts'
import { queryOf } from '../../src/matching/query.ts'

const item = (subject: string[], context: string[] = [], about: string[] = []) => ({
  subject,
  context,
  about,
})

describe('an alias of the subject', () => {
  it.each<[alias: string, title: string]>([
    ['open-weight model', 'An open weights model'],
    ['open-weight model', 'Open‑weight models are here'],
    ['open-weight model', 'Its open-weight language models'],
    ['open-weight model', 'An open-weight large language model'],
    ['open weights', 'Open-weights'],
    ['open-weight', 'An openweight release'],
    ['e-mail', 'Your email is late'],
    ['GPT-5', 'GPT-5 is here'],
    ['GPT-5', 'GPT5 is here'],
    ['GPT-5', 'GPT 5 is here'],
    ['GPT 5', 'OpenAI’s GPT‑5’s launch'],
    ['GPT-5', 'A GPT-5-powered app'],
    ['GPT-5', 'GPT-5: everything we know'],
    ['Qwen2.5', 'Qwen 2.5 is out'],
    ['Qwen 2.5', 'Qwen2.5-based'],
    ['Python 3.14', 'Python 3.14.0 released'],
    ['Debian 13', 'Debian 13.0 is out'],
    ['Debian 13', 'Debian version 13'],
    ['Zig 1.0', 'Zig v1.0'],
    ['DeepSeek V3.1', 'DeepSeek v3.1'],
    ['DeepSeek R2', 'DeepSeek R2'],
    ['DeepSeek R2', 'DeepSeek’s new R2 model'],
    ['R2', 'DeepSeek-R2 is here'],
    ['GPT-5 mini', 'GPT-5-mini is out'],
    ['Llama 4', 'Llama 4 Scout and Maverick'],
    ['Digital Markets Act', 'the Digital Markets Act’s rules'],
    ['AT&T', 'AT&T buys it'],
    ['C++', 'The C++ committee'],
    ['WHO', 'The WHO warns'],
    ['Hugging Face', 'Hugging Face’s hub'],
    ['人工知能', '東京電力は人工知能を発表'],
    ['오픈AI', '오픈AI가 발표'],
    ['삼성전자', '삼성전자가 발표'],
    ['Node.js', 'NodeJS is here'],
    ['Node.js', 'Node.js 24'],
    ['Beyoncé', 'Beyonce sings'],
  ])('%s meets "%s"', (alias, title) => {
    expect(evaluate(queryOf(item([alias])), documentOf({ title, text: '', outlet: '' }))).toBe(true)
  })

  it.each<[alias: string, title: string]>([
    ['open-weight model', 'Open the weight model'],
    ['open-weight model', 'A model with open weights'],
    ['open-weight model', 'It is open-weight. A model train.'],
    ['open-weight model', 'Open weights for a big new shiny model'],
    ['GPT-5', 'GPT-5 mini is here'],
    ['GPT-5', 'GPT-5-mini is here'],
    ['GPT-5', 'GPT-5.1 is here'],
    ['GPT-5', 'GPT-5o is here'],
    ['GPT-5', 'GPT-50'],
    ['GPT-5', 'GPT users: 5 things'],
    ['GPT-5', 'I tried GPT. 5 things I learned'],
    ['R2', 'R2-D2 rolls'],
    ['Debian 13', 'Debian 13.1 is out'],
    ['Debian 13', 'Debian has 13 developers'],
    ['Zig 1.0', 'Zig 1 million'],
    ['Python 3.14', 'Python 3.14.1'],
    ['Python 3.14', 'Python 3.14.0rc1'],
    ['iPhone 17', 'The iPhone 17 Pro'],
    ['WHO', 'People who warn'],
    ['C', 'The C++ committee'],
    ['Apple', 'Pineapples'],
    ['Meta', 'Metadata'],
    ['Windows', 'A context window'],
    ['Node.js', 'A node for your js'],
    ['人工知能', '人工の知能'],
  ])('%s does not meet "%s"', (alias, title) => {
    expect(evaluate(queryOf(item([alias])), documentOf({ title, text: '', outlet: '' }))).toBe(false)
  })
})

describe('the query of a watch item', () => {
  const meets = (of: ReturnType<typeof item>, title: string, outlet = 'example.org'): boolean =>
    evaluate(queryOf(of), documentOf({ title, text: '', outlet }))

  it('asks for context and about beside the subject', () => {
    const full = item(['open model'], ['OpenAI', 'Altman'], ['safety'])
    expect(meets(full, 'OpenAI’s open model: safety first')).toBe(true)
    expect(meets(full, 'OpenAI’s open model')).toBe(false)
    expect(meets(full, 'An open model: safety first')).toBe(false)
    expect(meets(full, 'OpenAI: safety first')).toBe(false)
  })

  it.each([
    ['OpenAI', 'openai.com'],
    ['Google', 'deepmind.google'],
    ['DeepMind', 'deepmind.google'],
    ['Hugging Face', 'huggingface.co'],
    ['The Verge', 'theverge.com'],
    ['BBC', 'bbc.co.uk'],
    ['Red Hat', 'red-hat.com'],
  ])('lets the outlet meet the context: %s on %s', (context, outlet) => {
    expect(meets(item(['model'], [context]), 'A model', outlet)).toBe(true)
  })

  it.each([
    ['AI', 'x.ai'],
    ['open', 'openai.com'],
    ['OpenAI', 'openai.example.com.evil.org.uk'],
    ['news', 'news.example.org'],
    ['com', 'openai.com'],
  ])('but only by its whole name: not %s on %s', (context, outlet) => {
    expect(meets(item(['model'], [context]), 'A model', outlet)).toBe(context === 'OpenAI')
  })

  it('never lets the outlet meet the subject', () => {
    expect(meets(item(['OpenAI']), 'A model', 'openai.com')).toBe(false)
  })

  it.each(['red teaming', 'red-teamed', 'red teams', 'Red Team'])(
    'takes about words in any form: %s',
    (words) => {
      expect(meets(item(['model'], [], ['red team']), `The model: ${words}`)).toBe(true)
    },
  )

  it('a subject without any word meets nothing', () => {
    expect(meets(item(['…']), 'Anything …')).toBe(false)
    const percolator = createPercolator()
    percolator.add('a', queryOf(item(['…'])))
    expect(percolator.match(documentOf({ title: 'Anything …', text: '', outlet: '' }))).toEqual([])
    expect(percolator.remove('a')).toBe(true)
  })

  it('takes the nearer of two beginnings for the name: what stands before it is the sentence', () => {
    const document = documentOf({ title: 'Acme ships Acme Falcon 3', text: '', outlet: '' })
    const spans = spansOf(queryOf(item(['Acme Falcon 3'])), document)
    expect(spans.map(({ start, end }) => document.title.raw.slice(start, end))).toEqual(['Acme Falcon 3'])
  })

  it('tells each place that met it, by part, verbatim', () => {
    const query = queryOf(item(['open-weight model'], ['OpenAI'], ['safety']))
    const document = documentOf({
      title: 'OpenAI’s open‑weight language models',
      text: 'Safety testing of the open weights model goes on. OpenAI says so.',
      outlet: 'example.org',
    })
    const shown = spansOf(query, document).map(
      ({ field, start, end, role }) => `${role} ${field}: ${document[field].raw.slice(start, end)}`,
    )
    expect(shown).toEqual([
      'context title: OpenAI’s',
      'subject title: open‑weight language models',
      'about text: Safety',
      'subject text: open weights model',
      'context text: OpenAI',
    ])
    const percolator = createPercolator()
    percolator.add('a', query)
    expect(percolator.match(document).map(({ id, spans }) => ({ id, spans }))).toEqual([
      { id: 'a', spans: spansOf(query, document) },
    ])
  })
})
