import type { FieldProblem } from '../../pipeline/written-item.ts'
import { listOfText, type ItemForm } from '../item-form.ts'

const longestQuestion = 2000
const longestWord = 500
const mostWords = 200
const lists = ['subject', 'context', 'about', 'official'] as const

/** What is longer in a form than the API takes either: every page and alert would have to carry it. */
export function overlong(form: ItemForm): readonly FieldProblem[] {
  const question: FieldProblem = {
    field: 'question',
    message: `it has ${form.question.length.toLocaleString('en-GB')} characters`,
    fix: `ask it in ${longestQuestion.toLocaleString('en-GB')} or fewer`,
  }
  const words = lists.flatMap((field): readonly FieldProblem[] => {
    const values = listOfText(form[field])
    if (values.length > mostWords)
      return [{ field, message: `these are ${values.length}`, fix: `write ${mostWords} or fewer` }]
    if (values.some((value) => value.length > longestWord))
      return [{ field, message: 'one of these is too long', fix: `write ${longestWord} characters or fewer` }]
    return []
  })
  return form.question.length > longestQuestion ? [question, ...words] : words
}
