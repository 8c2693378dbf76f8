using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>What follows from commands that were not refused, and is waited for.</summary>
public interface ISequel
{
    /// <summary>What has come to a stream then, in one word.</summary>
    string Name { get; }

    /// <summary>What a stream has before.</summary>
    string Lack { get; }

    /// <summary>What to do where it does not come.</summary>
    string Advice { get; }

    /// <summary>To which of these streams it has come.</summary>
    /// <param name="awaited">With the version that the command brought each to.</param>
    Task<IReadOnlySet<StreamId>> FindAsync(IReadOnlyList<(StreamId Stream, long Version)> awaited, CancellationToken ct);
}
