/* Draws the charts of a report with uPlot. Each stands as JSON after its place in the page: class Chart says what is in it. */
(() => {
  "use strict";
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const WIDTHS = { model: 2.4, median: 1.8, actual: 1.2, edge: 0, inner: 0 };
  const COLORS = { edge: "band", inner: "band", median: "model" };

  /* The year stands at the first tick and wherever it changes; no month is a number. */
  const TIMES = [
    [31536000, "{YYYY}", null, null, null, null, null, null, 1],
    [2419200, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [86400, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
    [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
    [0.001, ":{ss}.{fff}", "\n{D} {MMM} {YYYY} {HH}:{mm}", null, "\n{D} {MMM} {HH}:{mm}", null, "\n{HH}:{mm}", null, 1],
  ];

  const digits = (value) => {
    if (value == null) return "–";
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-4 || size >= 1e12)) return value.toExponential(2);
    return value.toLocaleString("en", { maximumSignificantDigits: size >= 1000 ? 12 : 4, maximumFractionDigits: 6 });
  };

  const span = (millis) => {
    const units = [[86400000, "d"], [3600000, "h"], [60000, "min"], [1000, "s"], [1, "ms"]];
    const parts = [];
    let left = Math.round(millis);
    for (const [size, name] of units) {
      const count = Math.floor(left / size);
      if (count > 0 && parts.length < 2) {
        parts.push(count + " " + name);
        left -= count * size;
      }
    }
    return parts.join(" ") || "0";
  };

  const moment = (zone) => {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
      weekday: "short", hourCycle: "h23",
    });
    return (seconds) => format.format(new Date(seconds * 1000)).replace(/:00$/, "");
  };

  /* A zone that the browser does not know, such as +02:00 in an old one, is shown in UTC and said so. */
  const known = (zone) => {
    for (const name of [zone, zone === "Z" ? "UTC" : zone.replace(/^(UTC|GMT)(?=[+-])/, "")]) {
      try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        return name;
      } catch (e) { /* the next */ }
    }
    return "UTC";
  };

  const axis = (more) => Object.assign({
    stroke: color("soft"), font: "12px system-ui, sans-serif", labelFont: "600 12px system-ui, sans-serif", labelSize: 20, gap: 6,
    grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1, size: 4 },
  }, more);

  /* As wide as its widest label. */
  const upAxis = (label) => axis({
    label,
    values: (u, splits) => splits.map(digits),
    size: (u, values) => {
      u.ctx.font = 12 * devicePixelRatio + "px system-ui, sans-serif";
      return 16 + Math.max(20, ...(values || []).map((text) => u.ctx.measureText(text).width / devicePixelRatio));
    },
  });

  const timeAxis = (zone) => axis({ label: "time (" + zone + ")", values: TIMES, space: 90, size: 48 });

  const curve = (series, dots) => {
    const stroke = color(COLORS[series.style] || series.style);
    return {
      label: series.name, class: series.style, stroke, width: series.style in WIDTHS ? WIDTHS[series.style] : 1.6,
      dash: series.style === "naive-0" ? [6, 4] : undefined, points: { show: dots, size: 6, fill: stroke },
      value: (u, value) => digits(value), spanGaps: false,
    };
  };

  const across = (drawn) => drawn.step ? (steps) => span(steps * drawn.step) : digits;

  /* Round times, in steps. */
  const ROUND = [1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2419200, 7257600, 31536000];
  const rounds = (step) => step ? ROUND.map((seconds) => seconds * 1000 / step) : undefined;

  const lines = (drawn) => {
    const square = drawn.kind === "square";
    const name = across(drawn);
    const few = drawn.x.length <= 12 && !square;
    const high = Math.max(0, ...drawn.series.flatMap((each) => each.values.filter((value) => value != null)));
    return {
      scales: {
        x: { time: false, range: square ? [0, 1] : (u, low, top) => low === top ? [low - 1, low + 1] : [low - (top - low) * 0.02, top + (top - low) * 0.02] },
        y: { range: square ? [0, 1] : [0, high > 0 ? high * 1.05 : 1] },
      },
      axes: [
        axis({ label: drawn.across, size: 30, values: (u, splits) => splits.map((at) => at < 0 ? "" : name(at)), splits: few ? () => thinned(drawn.x) : undefined, incrs: rounds(drawn.step), space: 70 }),
        upAxis(drawn.up),
      ],
      series: [{ label: drawn.across, value: (u, at) => at == null ? "–" : name(at) }]
        .concat(drawn.series.map((each) => curve(each, drawn.x.length <= 60))),
      hooks: square ? { drawAxes: [(u) => dashed(u, 0, 0, 1, 1)] } : {},
    };
  };

  /* Their own places, without those that would stand on each other. */
  const thinned = (places) => {
    const whole = places[places.length - 1] - places[0];
    let last = -Infinity;
    return places.filter((at) => at - last >= whole / 12 ? (last = at, true) : false);
  };

  const dashed = (u, x0, y0, x1, y1) => {
    const { ctx } = u;
    ctx.save();
    ctx.beginPath();
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.strokeStyle = color("origin");
    ctx.lineWidth = 1.2 * devicePixelRatio;
    ctx.moveTo(u.valToPos(x0, "x", true), u.valToPos(y0, "y", true));
    ctx.lineTo(u.valToPos(x1, "x", true), u.valToPos(y1, "y", true));
    ctx.stroke();
    ctx.restore();
  };

  const forecast = (drawn) => {
    const zone = known(drawn.zone);
    const bands = [];
    for (let pair = 0; pair < drawn.bands; pair++) {
      bands.push({ series: [2 * pair + 1, 2 * pair + 2], fill: color("band-fill") });
    }
    return {
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      bands,
      axes: [timeAxis(zone), upAxis(drawn.up)],
      series: [{ label: "time", value: (u, at) => at == null ? "–" : moment(zone)(at) }]
        .concat(drawn.series.map((each) => curve(each, false))),
      hooks: "origin" in drawn
        ? { drawAxes: [(u) => dashed(u, drawn.origin / 1000, u.scales.y.min, drawn.origin / 1000, u.scales.y.max)] } : {},
    };
  };

  const hue = (label) => "hsl(" + Math.round((label * 137.5 + 210) % 360) + " 55% " + color("state-light") + ")";

  /* A state lasts until the next observation; the last one as long as the one before it. */
  const states = (drawn) => {
    const zone = known(drawn.zone);
    const height = (u) => u.bbox.height / 2;
    const draw = (u) => {
      const { ctx } = u;
      const x = u.data[0];
      const last = x.length > 1 ? 2 * x[x.length - 1] - x[x.length - 2] : x[0] + 1;
      ctx.save();
      ctx.rect(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height);
      ctx.clip();
      drawn.series.forEach((row, at) => {
        for (let i = 0; i < x.length;) {
          let end = i + 1;
          while (end < x.length && row.values[end] === row.values[i]) end++;
          if (row.values[i] != null) {
            const from = u.valToPos(x[i], "x", true);
            ctx.fillStyle = hue(row.values[i]);
            ctx.fillRect(from, u.bbox.top + at * height(u) + 4, Math.max(1, u.valToPos(end < x.length ? x[end] : last, "x", true) - from), height(u) - 8);
          }
          i = end;
        }
      });
      ctx.restore();
    };
    return {
      height: 150,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      scales: { y: { range: [0, 2] } },
      axes: [timeAxis(zone), axis({ size: 76, splits: () => [0.5, 1.5], values: () => ["answered", "true"], grid: { show: false }, ticks: { show: false } })],
      series: [{ label: "time", value: (u, at) => at == null ? "–" : moment(zone)(at) }]
        .concat(drawn.series.map((row) => ({
          label: row.name, paths: () => null, points: { show: false }, value: (u, at) => at == null ? "–" : drawn.labels[at],
        }))),
      cursor: { points: { show: false } },
      hooks: { draw: [draw] },
    };
  };

  const key = (place, drawn) => {
    const list = document.createElement("p");
    list.className = "legend";
    drawn.labels.forEach((label, at) => {
      const entry = document.createElement("span");
      const mark = document.createElement("i");
      mark.style.background = hue(at);
      entry.append(mark, label);
      list.append(entry);
    });
    place.append(list);
  };

  const draw = (place) => {
    const drawn = JSON.parse(place.nextElementSibling.textContent);
    const timed = drawn.kind === "forecast" || drawn.kind === "states";
    const options = drawn.kind === "states" ? states(drawn) : timed ? forecast(drawn) : lines(drawn);
    const width = () => Math.max(200, drawn.kind === "square" ? Math.min(560, place.clientWidth) : place.clientWidth);
    const height = () => drawn.kind === "square" ? Math.max(280, Math.round(width() * 0.8)) : options.height || (width() < 500 ? 240 : 320);
    options.cursor = Object.assign({ drag: { x: timed, y: false } }, options.cursor);
    options.legend = {
      markers: {
        fill: (u, at) => at === 0 || drawn.kind === "states" ? "transparent" : color(COLORS[drawn.series[at - 1].style] || drawn.series[at - 1].style),
      },
    };
    options.padding = [12, 18, 0, 0];
    place.replaceChildren();
    const data = [timed ? drawn.x.map((millis) => millis / 1000) : drawn.x].concat(drawn.series.map((each) => each.values));
    const plot = new uPlot(Object.assign({}, options, { width: width(), height: height() }), data, place);
    if (drawn.kind === "states") key(place, drawn);
    return () => plot.setSize({ width: width(), height: height() });
  };

  const places = [...document.querySelectorAll(".chart")];
  let fit = [];
  const all = () => { fit = places.map(draw); };
  all();
  let wide = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (wide !== document.documentElement.clientWidth) {
      wide = document.documentElement.clientWidth;
      fit.forEach((each) => each());
    }
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
})();
