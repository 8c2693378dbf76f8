using Amazon.CloudFront;
using Amazon.CloudFront.Model;
using Amazon.Runtime;
using ServerlessCqrs.Functions.EdgeCache;
using static ServerlessCqrs.Functions.Specs.EventsToEdgeCache.Given.Edge;

namespace ServerlessCqrs.Functions.Specs.EventsToEdgeCache;

public sealed class CloudFrontInvalidationsSpecs : IDisposable
{
    private readonly FakeCloudFront _cloudFront = new();

    public void Dispose() => _cloudFront.Dispose();

    [Fact]
    public async Task Path_is_the_document_s_own_and_has_no_wildcard()
    {
        await CreateAsync(Change(2, 3), Change(1, 2));

        var request = Assert.Single(_cloudFront.Requests);
        Assert.Equal("E123", request.DistributionId);
        Assert.Equal(["/products/00000001-0000-0000-0000-000000000000", "/products/00000002-0000-0000-0000-000000000000"], request.InvalidationBatch!.Paths!.Items!);
        Assert.Equal(2, request.InvalidationBatch.Paths.Quantity);
    }

    [Fact]
    public async Task Same_changes_in_another_order_are_the_same_request()
    {
        await CreateAsync(Change(1, 2), Change(2, 3));
        await CreateAsync(Change(2, 3), Change(1, 2));
        await CreateAsync(Change(1, 2), Change(2, 4));

        var references = _cloudFront.Requests.ConvertAll(request => request.InvalidationBatch!.CallerReference);
        Assert.Equal(references[0], references[1]);
        Assert.NotEqual(references[0], references[2]);
    }

    private Task CreateAsync(params EdgeChange[] changes) => new CloudFrontInvalidations(_cloudFront, "E123").CreateAsync(changes, TestContext.Current.CancellationToken);

    private sealed class FakeCloudFront : IAmazonCloudFront
    {
        public List<CreateInvalidationRequest> Requests { get; } = [];

        public IClientConfig Config => throw new NotSupportedException();

        public Task<CreateInvalidationResponse> CreateInvalidationAsync(CreateInvalidationRequest request, CancellationToken cancellationToken = default)
        {
            Requests.Add(request);
            return Task.FromResult(new CreateInvalidationResponse());
        }

        public void Dispose()
        {
        }
    }
}
