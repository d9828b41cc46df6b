internal import OddityDatasets
internal import OddityPreprocessing
internal import OdditySeries

extension SeriesTrend {
    /// The columns of numbers that move on in training: in more than half of the series.
    static func movingColumns(
        of series: TimeSeries,
        _ values: Table,
        among names: [String]
    ) -> [String] {
        names.filter { name in
            guard let numbers = values[name]?.numbers else { return false }
            let verdicts = series.entities.map { entity in
                let values = entity.segments.flatMap { numbers[$0] }
                return movesOn(values)
            }
            return 2 * verdicts.count(where: \.self) > verdicts.count
        }
    }

    /// The columns that are judged by their distance from their past alone.
    func removedColumns(
        of series: TimeSeries,
        _ values: Table,
        among names: [String]
    ) -> [String] {
        switch self {
        case .auto: SeriesTrend.movingColumns(of: series, values, among: names)
        case .keep: []
        case .remove: names
        }
    }
}

extension TablePreparer {
    /// The columns of numbers that features are made of.
    var numberColumns: [String] {
        columns.filter { $0.kind == .numeric && !$0.isOnlyWatched }.map(\.name)
    }
}
