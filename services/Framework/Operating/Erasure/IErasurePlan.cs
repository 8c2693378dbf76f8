using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Topology;
using StreamReader = ServerlessCqrs.EventStore.StreamReader;

namespace ServerlessCqrs.Operating.Erasure;

/// <summary>What a domain knows of the persons whose data it seals, so that <c>erase</c> can erase one.</summary>
public interface IErasurePlan
{
    /// <summary>The table with the persons' keys.</summary>
    Table Keys { get; }

    /// <summary>What the domain calls a person, for example "holder".</summary>
    string Person { get; }

    /// <summary>What <c>erase</c> does, for its help.</summary>
    string Description { get; }

    /// <summary>Returns the stream that every known person has.</summary>
    StreamId AccountOf(string person);

    /// <summary>Returns every stream that can hold texts of the person, the account included.</summary>
    /// <param name="asOf">The latest time of the streams' events.</param>
    Task<IReadOnlyList<StreamId>> StreamsAsync(
        string person,
        IStreamLookup lookup,
        DateTimeOffset asOf,
        CancellationToken ct);

    /// <summary>Returns the commands that end what the person still has in the system.</summary>
    /// <param name="streams">The person's streams.</param>
    Task<ErasureCommands> CommandsAsync(
        string person,
        IReadOnlyCollection<StreamId> streams,
        StreamReader reader,
        CancellationToken ct);
}

/// <summary>The commands that an erasure sends. One stream gets at most one.</summary>
/// <param name="Purpose">What they are for, after "commands": "to close the account".</param>
/// <param name="Done">What the certificate says of them: "account: closed".</param>
public sealed record ErasureCommands(
    IReadOnlyList<(StreamId Stream, ICommand Command)> All,
    string Purpose,
    string Done);
