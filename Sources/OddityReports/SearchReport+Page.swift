extension SearchReport {
    /// The report as one HTML file.
    public var html: String {
        var body = Markup()
        body.raw("<header><p class=\"kind\">Search report</p>")
        body.element("h1", title)
        body.element("p", "class=\"subtitle\"", subtitle)
        if let chosen { body.element("p", "class=\"lead\"", sentence(chosen)) }
        body.raw("</header>")
        body.raw("<section><h2>Against the size of the code</h2><div class=\"pair\">")
        body.addChart(lossChart.titled(.regular))
        body.addChart(meritChart.titled(.regular))
        body.raw("</div></section>")
        body.addSections(facts, title: "The chosen detector")
        body.raw("<section><h2>Trials, the best first</h2>\(trialTable)</section>")
        body.raw("<footer><p>Made by Oddity. Every trial was judged on rows that its networks ")
        body.raw("had not seen, the same for all trials.</p></footer>")
        return HTMLPage(title: title, body: body.text).text
    }

    private var chosen: Trial? { trials.first { $0.isChosen } }

    private func sentence(_ chosen: Trial) -> String {
        guard let own = chosen.results.last else { return "" }
        let merit = "\(meritName) \(NumberText.fixed(own.merit, decimals: 4))"
        guard chosen.number != 1, let first = trials.first?.results.last else {
            return "No trial was clearly better than the detector that the search started from "
                + "(\(merit))."
        }
        return "Trial \(chosen.number), \(chosen.settings), is best: \(merit), where the detector "
            + "that the search started from has \(NumberText.fixed(first.merit, decimals: 4))."
    }

    /// The trials, those with the longest trainings first and of these the best.
    private var ranked: [Trial] {
        let sign = isLowerBetter ? -1.0 : 1
        return trials.sorted { left, right in
            let (a, b) = (left.results.last, right.results.last)
            return (b?.share ?? 0, sign * (b?.merit ?? 0), left.number)
                < (a?.share ?? 0, sign * (a?.merit ?? 0), right.number)
        }
    }

    private var trialTable: String {
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>")
        html.raw("<th scope=\"col\">Trial</th><th scope=\"col\">settings</th>")
        for name in ["epochs trained", "held-out loss", meritName] {
            html.element("th", "scope=\"col\" class=\"number\"", name)
        }
        html.raw("</tr></thead><tbody>")
        for trial in ranked {
            let result = trial.results.last
            html.raw(trial.isChosen ? "<tr class=\"own\">" : "<tr>")
            html.element("th", "scope=\"row\"", "\(trial.number)")
            html.element("td", Markup.cut(trial.settings))
            for cell in [
                NumberText.percent(result?.share),
                result.map { NumberText.significant($0.heldOutLoss) } ?? "failed",
                result.map { NumberText.fixed($0.merit, decimals: 4) } ?? "–",
            ] {
                html.element("td", "class=\"number\"", cell)
            }
            html.raw("</tr>")
        }
        html.raw("</tbody></table></div>")
        return html.text
    }
}
