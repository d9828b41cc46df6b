/// One of the large figures at the head of a page.
struct PageFigure {
    let name: String
    let value: String
    /// What to compare it with, in a few words.
    let note: String
    /// What it is, where its name does not say so.
    let meaning: String?

    init(_ name: String, _ value: String, _ note: String, _ meaning: String? = nil) {
        self.name = name
        self.value = value
        self.note = note
        self.meaning = meaning
    }
}

extension Markup {
    /// Adds figures side by side.
    mutating func addFigures(_ figures: [PageFigure]) {
        guard !figures.isEmpty else { return }
        raw("<dl class=\"cards\">")
        for figure in figures {
            raw("<div>")
            element("dt", figure.name)
            element("dd", "class=\"value\"", figure.value)
            element("dd", "class=\"note\"", figure.note)
            if let meaning = figure.meaning { element("dd", "class=\"note\"", meaning) }
            raw("</div>")
        }
        raw("</dl>")
    }

    /// Adds an image under its title.
    ///
    /// - Parameter attributes: what a script looks for.
    mutating func addChart(
        _ chart: (title: String, svg: String),
        heading: String = "h3",
        attributes: String = ""
    ) {
        raw("<figure\(attributes)><figcaption>")
        element(heading, chart.title)
        raw("</figcaption>\(chart.svg)</figure>")
    }

    /// Adds facts in pairs of names and values.
    mutating func addSections(_ sections: [ModelCardSection], title: String) {
        let sections = sections.filter { !$0.entries.isEmpty }
        guard !sections.isEmpty else { return }
        raw("<section>")
        element("h2", title)
        raw("<div class=\"pair card\">")
        for section in sections {
            raw("<section>")
            element("h3", section.title)
            raw("<dl>")
            for entry in section.entries {
                raw("<div>")
                element("dt", Markup.cut(entry.name))
                element("dd", Markup.cut(entry.value))
                raw("</div>")
            }
            raw("</dl></section>")
        }
        raw("</div></section>")
    }

    /// Text that does not fill the page.
    static func cut(_ text: String, to limit: Int = 400) -> String {
        text.count > limit ? text.prefix(limit - 1) + "…" : text
    }
}

extension LineChart {
    /// The title and the image for a page.
    func titled(_ size: ChartFrame.Size) -> (title: String, svg: String) {
        (title, drawn(isStandalone: false, size: size))
    }
}

extension HistogramChart {
    /// The title and the image for a page.
    func titled(_ size: ChartFrame.Size) -> (title: String, svg: String) {
        (title, drawn(isStandalone: false, size: size))
    }
}
