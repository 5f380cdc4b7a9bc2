// Times survey-core (SurveyJS) on a questionnaire of the size of one path through content/btob; see README.md.
import { Model } from "survey-core";

const ROUNDS = 200;
const QUESTIONS = 59;
const CONDITIONS = 43;
const PAGES = 5;
const RULES = 64;

const text = (name) => ({ ja: `${name}は何ですか`, default: `What is ${name}?` });

// The numbers of the chain: goal, exact and required counts of five stages, forward check.
const CHAIN = [
  ["goal", "({kgi_amount} - {existing_revenue} - {orders_booked} - {pipeline_expected}) * {share} / 100"],
  ["need", "{goal} / {average_deal}"],
  ["whole", "round({need} + 0.4999999, 0)"],
  ["rate_3", "{rate_d} / 100"],
  ["rate_2", "{rate_3} * {rate_c} / 100"],
  ["rate_1", "{rate_2} * {rate_b} / 100"],
  ["rate_0", "{rate_1} * {rate_a} / 100"],
  ...[0, 1, 2, 3].flatMap((stage) => [
    [`exact_${stage}`, `{need} / {rate_${stage}}`],
    [`required_${stage}`, `round({whole} / {rate_${stage}} + 0.4999999, 0)`],
  ]),
  ["brings", "{required_0} * {rate_0} * {average_deal}"],
  ["reached", "iif({brings} >= {goal}, true, false)"],
];

const NUMBERS = {
  kgi_amount: 120000000, existing_revenue: 20000000, orders_booked: 0, pipeline_expected: 10000000,
  share: 60, average_deal: 2500000, rate_a: 0.8, rate_b: 60, rate_c: 30, rate_d: 25,
};

function questions() {
  const numbers = Object.keys(NUMBERS).map((name) => ({
    type: "text", name, title: text(name), inputType: "number", min: 0, isRequired: true,
  }));
  const choices = Array.from({ length: QUESTIONS - numbers.length }, (_, index) => ({
    type: "radiogroup", name: `choice_${index}`, title: text(`choice_${index}`), isRequired: true,
    choices: ["yes", "partly", "no", "unknown"].map((value) => ({ value, text: text(value) })),
    ...(index > 0 && index <= CONDITIONS
      ? { visibleIf: `{choice_${index - 1}} = 'yes' or {kgi_amount} > ${index}` }
      : {}),
  }));
  return [...numbers, ...choices];
}

function questionnaire() {
  const all = questions();
  const each = Math.ceil(all.length / PAGES);
  const rules = Array.from({ length: RULES }, (_, index) => [
    `rule_${index}`, `iif({choice_${index % 40}} = 'no' and {goal} > ${index} or {share} = 100, true, false)`,
  ]);
  return {
    pages: Array.from({ length: PAGES }, (_, page) => ({
      name: `page_${page}`, elements: all.slice(page * each, (page + 1) * each),
    })),
    calculatedValues: [...CHAIN, ...rules].map(([name, expression]) => ({ name, expression, includeIntoResult: true })),
  };
}

const json = questionnaire();
const answers = { ...NUMBERS };
for (const question of questions()) if (question.choices) answers[question.name] = "yes";

function complete(survey) {
  survey.data = answers;
  if (!survey.validate(false)) throw new Error("an answer was refused");
  if (!survey.tryComplete() || survey.data.required_0 !== 61112) throw new Error("the plan is not that of the example");
}

function median(task) {
  for (let round = 0; round < ROUNDS / 2; round += 1) task();
  const times = Array.from({ length: ROUNDS }, () => {
    const begun = performance.now();
    task();
    return performance.now() - begun;
  }).sort((left, right) => left - right);
  return times[ROUNDS / 2].toFixed(2);
}

console.log(`build, fill, validate, complete: ${median(() => complete(new Model(json)))} ms`);
const kept = new Model(json);
console.log(`fill, validate, complete:        ${median(() => { kept.clear(); complete(kept); })} ms`);
