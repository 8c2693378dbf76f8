using Amazon.Runtime;

namespace ServerlessCqrs.EventsToMail.Sending;

/// <summary>
/// Has a request leave once. The SDK sends one again whose connection was cut before an answer, whatever retries it is allowed, and then a mail that SES had accepted goes twice: here what may have left fails with an exception that the SDK
/// takes for nothing that passes.
/// </summary>
internal sealed class OneAttemptHttp : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new InDoubt { InnerHandler = new SocketsHttpHandler() }) { Timeout = SesMailSender.Patience };

    private sealed class InDoubt : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                return answer;
            }
            catch (Exception e) when ((e is HttpRequestException or IOException) && !SesMailSender.NeverLeft(e))
            {
                // Without the exception itself: the SDK would find it within this one, and try ten times more.
                throw new InvalidOperationException($"The connection to SES was cut before its answer was whole: {e.Message}");
            }
        }
    }
}
