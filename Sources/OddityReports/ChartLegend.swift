/// The entries of a legend, each once.
struct ChartLegend {
    private(set) var entries: [(key: ChartFrame.LegendKey, name: String)] = []

    /// Adds an entry; one without a name is left out.
    mutating func add(_ key: ChartFrame.LegendKey, _ name: String) {
        guard !name.isEmpty, !entries.contains(where: { $0 == (key, name) }) else { return }
        entries.append((key, name))
    }
}
