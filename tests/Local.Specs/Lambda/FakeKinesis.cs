using System.Globalization;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Record = Amazon.Kinesis.Model.Record;

namespace ServerlessCqrs.LocalRuntime.Specs.Lambda;

/// <summary>
/// A stream in memory. A record's sequence number is its data, which is a number, so tests read as lists of numbers.
/// </summary>
internal sealed class FakeKinesis : IAmazonKinesis
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Record>> _records = [];
    private readonly List<Shard> _shards = [];
    private readonly HashSet<string> _closed = [];
    private readonly Queue<Exception> _faults = new();
    private readonly List<string> _iterators = [];

    public FakeKinesis(params string[] shards)
    {
        foreach (var shard in shards)
            AddShard(shard);
    }

    public IClientConfig Config => throw new NotSupportedException();

    /// <summary>The types of the requested iterators, with the sequence number that they start after.</summary>
    public IReadOnlyList<string> Iterators
    {
        get
        {
            lock (_gate)
                return [.. _iterators];
        }
    }

    public void AddShard(string id, string? parent = null)
    {
        lock (_gate)
        {
            _shards.Add(new Shard { ShardId = id, ParentShardId = parent });
            _records[id] = [];
        }
    }

    public void Close(string shard)
    {
        lock (_gate)
            _closed.Add(shard);
    }

    public void Put(string shard, params int[] numbers) => Put(shard, "key", 0, numbers);

    public void Put(string shard, string key, int padding, params int[] numbers)
    {
        lock (_gate)
        {
            foreach (var number in numbers)
            {
                var data = System.Text.Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture).PadRight(padding));
                _records[shard].Add(new Record { SequenceNumber = Text(number), PartitionKey = key, Data = new MemoryStream(data), ApproximateArrivalTimestamp = DateTime.UnixEpoch });
            }
        }
    }

    /// <summary>Makes the next read fail with this exception.</summary>
    public void FailNextRead(Exception fault)
    {
        lock (_gate)
            _faults.Enqueue(fault);
    }

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return Task.FromResult(new ListShardsResponse { Shards = [.. _shards] });
    }

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(GetShardIteratorRequest request, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _iterators.Add($"{request.ShardIteratorType} {request.StartingSequenceNumber}".Trim());
            var records = _records[request.ShardId!];
            var at = request.StartingSequenceNumber is { } after ? records.FindIndex(record => record.SequenceNumber == after) + 1 : 0;
            if (at == 0 && request.StartingSequenceNumber is not null)
                throw new InvalidArgumentException("no such sequence number");
            return Task.FromResult(new GetShardIteratorResponse { ShardIterator = $"{request.ShardId}/{Text(at)}" });
        }
    }

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_faults.TryDequeue(out var fault))
                throw fault;
            var (shard, at) = request.ShardIterator!.Split('/') is [var id, var from] ? (id, int.Parse(from, CultureInfo.InvariantCulture)) : throw new FormatException();
            var records = _records[shard].Skip(at).Take(request.Limit ?? 10_000).ToList();
            var next = at + records.Count;
            var ended = _closed.Contains(shard) && next == _records[shard].Count;
            return Task.FromResult(new GetRecordsResponse { Records = records, NextShardIterator = ended ? null : $"{shard}/{Text(next)}" });
        }
    }

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(DescribeStreamSummaryRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
