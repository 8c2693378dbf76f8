using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Snapshots;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.Web.Degradation;

/// <summary>
/// The kinds of readers of tips and log, by caller and cost. A read without a token never opens a circuit of callers
/// with one. A read of thousands of streams never opens a circuit of single streams.
/// </summary>
public sealed class Lanes : IDisposable
{
    public Lanes(
        IStreamTips tips,
        IEventHistory history,
        IEventLog log,
        IAuditTrail trail,
        IStreamLookup lookup,
        ISnapshots snapshots,
        Dependencies dependencies,
        TimeProvider time)
    {
        Usual = Of(dependencies.Tips, dependencies.Log);
        Misses = For("misses");
        Public = For("public reads");
        Wide = For("wide reads");
        PublicWide = For("public wide reads");
        PublicWideReads = new Bulkhead(atOnce: 2, waiting: 4, patience: TimeSpan.FromSeconds(2), time);

        Lane For(string kind) => Of(dependencies.TipsFor(kind), dependencies.LogFor(kind));
        Lane Of(Dependency tipsCircuit, Dependency logCircuit) =>
            new(new GuardedTips(tips, tipsCircuit), new GuardedLog(history, log, trail, lookup, snapshots, logCircuit));
    }

    /// <summary>Single streams, for callers with a token, and as replacement for an unavailable read model.</summary>
    public Lane Usual { get; }

    /// <summary>Single streams that a read model does not have, or not at the requested version.</summary>
    public Lane Misses { get; }

    /// <summary>One product's past, for anybody.</summary>
    public Lane Public { get; }

    /// <summary>Many streams at once, for callers with a token.</summary>
    public Lane Wide { get; }

    /// <summary>Many streams at once, for anybody. Use it only through <see cref="PublicWideReads"/>.</summary>
    public Lane PublicWide { get; }

    /// <summary>Limits the reads in <see cref="PublicWide"/>.</summary>
    public Bulkhead PublicWideReads { get; }

    public void Dispose() => PublicWideReads.Dispose();
}
