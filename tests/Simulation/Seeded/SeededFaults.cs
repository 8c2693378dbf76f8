namespace ServerlessCqrs.Simulation.Seeded;

/// <summary>
/// Faults that real inputs found and no simulated world reaches: inputs of services, ports and pages, the operator's
/// commands, and the local stack.
/// </summary>
public static class SeededFaults
{
    public static IReadOnlyList<SeededFault> All { get; } = [.. FaultsOfInput.All, .. FaultsOfReads.All, .. FaultsOfStores.All, .. FaultsOfTheOperator.All, .. FaultsOfTheLocalStack.All];
}
