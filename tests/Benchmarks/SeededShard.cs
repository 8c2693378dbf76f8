using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Benchmarks;

/// <summary>The records of a shard that no Kinesis has: one's commands, at an even pace.</summary>
internal sealed class SeededShard(Actor actor, DateTimeOffset start, TimeSpan between)
{
    private long _sequence;

    public ArrivedRecord Next(StreamId stream, ICommand command)
    {
        var at = start + (++_sequence * between);
        var record = new CommandRecord(Guid.CreateVersion7(at), null, stream, command, actor, at);
        return new ArrivedRecord(_sequence.ToString("D56", CultureInfo.InvariantCulture), stream.ToString(), at, CommandJson.Write(record));
    }
}
