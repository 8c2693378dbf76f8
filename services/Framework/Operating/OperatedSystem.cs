using System.CommandLine;
using ServerlessCqrs.Operating.Building;
using ServerlessCqrs.Operating.Erasure;
using ServerlessCqrs.Projections.Declarations;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operating;

/// <summary>Describes the system to operate: all that the commands know of a domain.</summary>
public sealed record OperatedSystem
{
    /// <summary>What the Operator does. The help begins with it.</summary>
    public required string Description { get; init; }

    public required Domain Domain { get; init; }

    public required SystemTopology Topology { get; init; }

    public required ReadModelDeclarations ReadModels { get; init; }

    /// <summary>The table with a tip for each stream.</summary>
    public required Table StreamTips { get; init; }

    /// <summary>The table with a claim for each mail; null if the system sends none.</summary>
    public Table? Mails { get; init; }

    /// <summary>How to erase a person; null if the system has no personal data.</summary>
    public IErasurePlan? Erasure { get; init; }

    /// <summary>Read models that are computed from the whole log; null if there are none.</summary>
    public ComputedReadModels? Computed { get; init; }

    /// <summary>
    /// How long the edge keeps answers, as a clause for the help of <c>readmodel route</c>; null if it keeps none.
    /// </summary>
    public string? EdgeCopies { get; init; }

    /// <summary>The project that runs the local stack.</summary>
    public string LocalProject { get; init; } = "infra/Local";

    /// <summary>Creates the domain's own commands. The help lists them first.</summary>
    public Func<OperatedSystem, IEnumerable<Command>> Commands { get; init; } = _ => [];
}
