public import OddityDatasets

/// Whether a row takes part in a series, and if not, why.
public enum RowState: String, Codable, CaseIterable, Sendable {
    /// It is part of a series.
    case usable
    /// It is earlier than the row before of its entity.
    case late
    /// A row of its entity and time came before.
    case duplicate
    /// It has no time.
    case missingTime
    /// Its time is not written as the others are.
    case invalidTime
    /// It does not say which entity it is of.
    case missingEntity
    /// A column has been missing for longer than values are filled, or has not been seen yet.
    case missingValues
}

extension RowState: CustomStringConvertible {
    /// The reason in words, such as `earlier than the row before`.
    public var description: String {
        switch self {
        case .usable: "usable"
        case .late: "earlier than the row before"
        case .duplicate: "the time of the row before"
        case .missingTime: "no time"
        case .invalidTime: "a time of another form"
        case .missingEntity: "no entity"
        case .missingValues: "values missing for too long"
        }
    }
}

/// How a step stands to the step before of its entity.
public enum StepPlacement: String, Codable, CaseIterable, Sendable {
    /// It is the first of a segment: nothing before belongs to it.
    case starts
    /// It follows the step before.
    case continues
    /// It takes the place of the step before, which had the same time.
    case revises
}

/// What a tracker made of a chunk of rows.
///
/// A detector walks over ``steps``, in which missing values are filled and breaks are marked;
/// ``rows`` lead from the rows of the chunk to them.
public struct TrackedChunk: Sendable {
    /// One row of the chunk.
    public struct Row: Equatable, Sendable {
        /// Whether the row is used, and if not, why.
        public var state: RowState
        /// The index of the row's entity in ``SeriesTracker/entities``; nil where it has none.
        public var entity: Int?
        /// The entity that is forgotten, as there are too many, since this row brings a new one.
        public var forgottenEntity: String?
        /// The row's time; nil where it has none that can be read, or there is no column of times.
        public var instant: Instant?
        /// The index in ``TrackedChunk/steps`` of the row's step: the last one at or before it.
        ///
        /// nil for a row that is not used, and, when resampling, for one whose step was part of an
        /// earlier chunk.
        public var step: Int?
        /// Of a row of ``RowState/missingValues`` the columns without a value; empty for others.
        public var missingColumns: [String] = []
    }

    /// One step of a series.
    public struct Step: Equatable, Sendable {
        /// The index of the entity in ``SeriesTracker/entities``.
        public var entity: Int
        /// The time; nil without a column of times.
        public var instant: Instant?
        /// How it stands to the step before of the entity.
        public var placement: StepPlacement

        /// Makes a step.
        public init(entity: Int, instant: Instant?, placement: StepPlacement) {
            (self.entity, self.instant, self.placement) = (entity, instant, placement)
        }
    }

    /// What became of each row, in the chunk's order.
    public let rows: [Row]
    /// The steps, in the order of the rows that brought them.
    public let steps: [Step]
    /// The values of the steps, a row for each: all numeric and categorical columns but those of
    /// time and entity, with missing values filled.
    public let values: Table
}
