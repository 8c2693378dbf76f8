using ServerlessCqrs.Operating.Stacks;

namespace ServerlessCqrs.Operating.Building;

/// <summary>
/// Read models that one computation over the whole log writes together. Only <c>rebuild --all</c> rebuilds them.
/// </summary>
/// <param name="Source">What the computation reads, for example "all payments".</param>
/// <param name="ComputeAsync">Runs the computation and returns a line for each read model.</param>
public sealed record ComputedReadModels(
    IReadOnlyList<string> Names,
    string Source,
    Func<OperatedStack, CancellationToken, Task<IReadOnlyList<string>>> ComputeAsync);
