/// Members made ready to rebuild steps, kept between calls.
///
/// It serves one call at a time, whose threads take plans of their own by the number of their run. It is
/// `@unchecked Sendable` because a scorer that is copied to another thread makes workspaces of its own before
/// it uses them (``SeriesScorer``).
final class SeriesWorkspaces: @unchecked Sendable {
    private let members: [SeriesMember]
    private let layout: SeriesLayout
    private var plans: [[SeriesMemberPlan]] = []

    init(_ members: [SeriesMember], _ layout: SeriesLayout) {
        self.members = members
        self.layout = layout
    }

    var memberCount: Int { members.count }

    /// Sees to it that there are plans for as many runs.
    func prepare(runCount: Int) {
        while plans.count < runCount { plans.append(members.map { SeriesMemberPlan($0, layout) }) }
    }

    /// The plans of a run, one a member.
    subscript(run: Int) -> [SeriesMemberPlan] { plans[run] }
}

extension FittedSeriesDetector {
    /// Workspaces for each view.
    func makeWorkspaces() -> [SeriesWorkspaces] {
        zip(views, layouts).map { SeriesWorkspaces($0.members, $1) }
    }
}
