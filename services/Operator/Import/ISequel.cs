using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>The effect of an imported command that the import waits for.</summary>
public interface ISequel
{
    /// <summary>One word for a stream that has the effect.</summary>
    string Name { get; }

    /// <summary>Describes a stream that does not have the effect yet.</summary>
    string Lack { get; }

    /// <summary>What a person can do if the effect does not occur.</summary>
    string Advice { get; }

    /// <summary>Returns those of the streams that have the effect.</summary>
    /// <param name="awaited">The streams, each with its version after the command.</param>
    Task<IReadOnlySet<StreamId>> FindAsync(IReadOnlyList<(StreamId Stream, long Version)> awaited, CancellationToken ct);
}
