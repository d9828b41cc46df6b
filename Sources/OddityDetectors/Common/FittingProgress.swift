/// News of a fit: a member has finished an epoch.
public struct FittingProgress: Sendable {
    /// The member, from 0.
    public let member: Int
    /// The number of members.
    public let memberCount: Int
    /// The epoch that has ended, from 1.
    public let epoch: Int
    /// The number of epochs at most.
    public let epochCount: Int
    /// The mean loss over the epoch's steps.
    public let trainingLoss: Double
    /// The mean loss over the rows that the member does not see.
    public let heldOutLoss: Double
}
