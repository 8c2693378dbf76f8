using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace ServerlessCqrs.Aws.Specs.Reliable;

/// <summary>A topic with chosen failures.</summary>
internal sealed class FakeSns : IAmazonSimpleNotificationService
{
    private readonly Func<int, string, BatchResultErrorEntry?> _failure;

    /// <param name="failure">Returns the failure of an entry or null, by the zero-based number of the call and the
    /// entry's id.</param>
    public FakeSns(Func<int, string, BatchResultErrorEntry?>? failure = null) => _failure = failure ?? ((_, _) => null);

    /// <summary>The ids of each call.</summary>
    public List<string> Calls { get; } = [];

    public IClientConfig Config => throw new NotSupportedException();

    public Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = Calls.Count;
        var ids = request.PublishBatchRequestEntries!.Select(entry => entry.Id!).ToList();
        Calls.Add(string.Join(' ', ids));
        var failed = ids.Select(id => _failure(call, id) is { } failure ? new BatchResultErrorEntry { Id = id, Code = failure.Code, SenderFault = failure.SenderFault } : null)
            .OfType<BatchResultErrorEntry>()
            .ToList();
        return Task.FromResult(new PublishBatchResponse
        {
            Failed = failed.Count == 0 ? null : failed,
            Successful = [.. ids.Where(id => failed.All(failure => failure.Id != id)).Select(id => new PublishBatchResultEntry { Id = id, MessageId = "m-" + id })],
        });
    }

    public Task<CreateTopicResponse> CreateTopicAsync(CreateTopicRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public void Dispose() { }
}
