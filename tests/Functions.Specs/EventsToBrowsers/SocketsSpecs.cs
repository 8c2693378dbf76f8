using System.Net;
using Amazon.ApiGatewayManagementApi;
using Amazon.ApiGatewayManagementApi.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.Functions.Specs.Given;
using ServerlessCqrs.Push;

namespace ServerlessCqrs.Functions.Specs.EventsToBrowsers;

/// <summary>What an answer of API Gateway means for a socket.</summary>
public sealed class SocketsSpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, Post> Errors => new()
    {
        { "gone", Post.Gone },
        { "bad id", Post.Gone },
        { "throttled", Post.Failed },
        { "too large", Post.Failed },
        { "away", Post.Failed },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Error_of_a_post_tells_what_became_of_the_socket(string error, Post post) => Assert.Equal(post, await PostAsync((_, _) => throw (error switch
    {
        "gone" => new GoneException("Gone"),
        "bad id" => new AmazonApiGatewayManagementApiException("Invalid connectionId", null, ErrorType.Sender, "BadRequestException", "r", HttpStatusCode.BadRequest),
        "throttled" => new LimitExceededException("slow"),
        "too large" => new PayloadTooLargeException("large"),
        _ => (Exception)new HttpRequestException("away"),
    })));

    [Fact]
    public async Task Post_that_hangs_ends_after_its_time() => Assert.Equal(Post.Failed, await PostAsync(async (_, ct) =>
    {
        await Task.Delay(Timeout.Infinite, ct);
        return new();
    }));

    [Fact]
    public async Task Post_is_not_failed_by_the_end_of_the_invocation()
    {
        using var end = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PostAsync(
            async (_, ct) =>
            {
                await end.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return new();
            },
            end.Token));
    }

    private static Task<Post> PostAsync(Func<PostToConnectionRequest, CancellationToken, Task<PostToConnectionResponse>> answer, CancellationToken? ct = null) =>
        new ApiGatewaySockets(new Api(answer), new AdvancingClock(), NullLogger<ApiGatewaySockets>.Instance).PostAsync("c", new byte[] { 1 }, ct ?? Ct);

    private sealed class Api(Func<PostToConnectionRequest, CancellationToken, Task<PostToConnectionResponse>> answer) : IAmazonApiGatewayManagementApi
    {
        public IClientConfig Config { get; } = new AmazonApiGatewayManagementApiConfig();

        public Task<PostToConnectionResponse> PostToConnectionAsync(PostToConnectionRequest request, CancellationToken cancellationToken = default) =>
            answer(request, cancellationToken);

        public Task<GetConnectionResponse> GetConnectionAsync(GetConnectionRequest request, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();

        public Task<DeleteConnectionResponse> DeleteConnectionAsync(DeleteConnectionRequest request, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();

        public void Dispose()
        {
        }
    }
}
