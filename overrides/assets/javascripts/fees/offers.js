// What the schedule offers on a day: which fees apply, and what a reader can choose. Knows no page.

const isValidOn = (version, day) =>
  version.valid_from <= day && (version.valid_to === undefined || day <= version.valid_to);

const appliesTo = (fee, { product, asset, network }) =>
  fee.products.includes(product) &&
  [undefined, asset].includes(fee.asset) &&
  [undefined, network].includes(fee.network);

const unique = (values) => [...new Set(values)];

// The fees of a choice {product, asset, network, day}, each with its version of that day.
export const partsOf = (schedule, choice) =>
  schedule.fees
    .filter((fee) => appliesTo(fee, choice))
    .map((fee) => ({ fee, version: fee.versions.find((each) => isValidOn(each, choice.day)) }))
    .filter(({ version }) => version);

const onDay = (schedule, day) =>
  schedule.fees.filter((fee) => fee.versions.some((version) => isValidOn(version, day)));

export const productsOf = (schedule, day) =>
  unique(onDay(schedule, day).flatMap((fee) => fee.products));

// A fee without an asset is one of every asset.
export const assetsOf = (schedule, { product, day }) =>
  unique(
    onDay(schedule, day)
      .filter((fee) => fee.products.includes(product))
      .flatMap((fee) => fee.asset ?? Object.keys(schedule.assets)),
  );

// Empty where the network does not matter.
export const networksOf = (schedule, { product, asset, day }) =>
  unique(
    onDay(schedule, day)
      .filter((fee) => appliesTo(fee, { product, asset, network: fee.network }) && fee.network)
      .map((fee) => fee.network),
  );

export const dependsOnVolume = (schedule, choice) =>
  partsOf(schedule, choice).some(({ version }) => version.formula.basis === "volume");

// The days after `choice.day` on which a fee of the choice begins, changes or ends, in order.
export const changeDays = (schedule, choice) =>
  unique(
    schedule.fees
      .filter((fee) => appliesTo(fee, choice))
      .flatMap((fee) => fee.versions)
      .flatMap(({ valid_from, valid_to }) => [valid_from, valid_to && dayAfter(valid_to)])
      .filter((day) => day > choice.day),
  ).sort();

function dayAfter(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
