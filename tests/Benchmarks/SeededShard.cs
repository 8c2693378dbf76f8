using System.Globalization;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Benchmarks;

/// <summary>Creates the records of a shard: the commands of one actor, at an even pace.</summary>
internal sealed class SeededShard(Actor actor, DateTimeOffset start, TimeSpan between)
{
    // The ids are the same in every run, because the compressed size of the records counts.
    private readonly Random _random = new(1);

    private long _sequence;

    public ArrivedRecord Next(StreamId stream, ICommand command)
    {
        var at = start + (++_sequence * between);
        var record = new CommandRecord(NextId(at), null, stream, command, actor, at);
        return new ArrivedRecord(_sequence.ToString("D56", CultureInfo.InvariantCulture), stream.ToString(), at, CommandJson.Write(ShopContracts.Commands, record));
    }

    /// <summary>Creates a UUID of version 7 (RFC 9562, section 5.7) whose random bits come from the seed.</summary>
    private Guid NextId(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        Guid.CreateVersion7(at).TryWriteBytes(id, bigEndian: true, out _);
        var (version, variant) = (id[6] & 0xF0, id[8] & 0xC0);
        _random.NextBytes(id[6..]);
        id[6] = (byte)(version | (id[6] & 0x0F));
        id[8] = (byte)(variant | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
