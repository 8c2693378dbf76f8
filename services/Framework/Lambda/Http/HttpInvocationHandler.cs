using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Lambda;

/// <summary>Runs an HTTP API event through the app's pipeline.</summary>
internal sealed class HttpInvocationHandler<TContext>(IHttpApplication<TContext> application, long? maxBodyBytes, ILogger log) : IInvocationHandler
    where TContext : notnull
{
    public async Task<ReadOnlyMemory<byte>> HandleAsync(byte[] payload, InvocationContext context, CancellationToken ct)
    {
        if (EventKinds.Of(payload) != EventKind.HttpApi)
            throw new UnknownEventException("The event is not an HTTP API request in payload format 2.0.");
        var response = new HttpApiResponse();
        if (Read(payload, context, ct) is not { } features)
        {
            response.Fail(StatusCodes.Status400BadRequest);
            return response.Write(HttpMethods.Get);
        }

        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        await ProcessAsync(features, response, ct);
        // The exception handler responds to a cancelled request, but nobody receives that response.
        if (response.StatusCode == StatusCodes.Status499ClientClosedRequest) ct.ThrowIfCancellationRequested();
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var answer = response.Write(request.Method);
        if (response.WasTooLarge) log.AnswerTooLarge(request.Method, request.Path, HttpApiAnswer.LargestBytes);
        return answer;
    }

    /// <summary>
    /// Reads the request, and returns null if Kestrel would not accept it. A bad request is the client's error and
    /// never fails the invocation.
    /// </summary>
    private FeatureCollection? Read(byte[] payload, InvocationContext context, CancellationToken ct)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return HttpApiRequest.Read(json.RootElement, context, maxBodyBytes, ct);
        }
        // The exceptions of JsonElement, its base64, PathString and our own checks.
        catch (Exception e) when (e is BadHttpRequestException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            log.RequestMalformed(e.Message);
            return null;
        }
    }

    private async Task ProcessAsync(FeatureCollection features, HttpApiResponse response, CancellationToken ct)
    {
        var context = application.CreateContext(features);
        Exception? error = null;
        try
        {
            await application.ProcessRequestAsync(context);
            await response.CompleteAsync();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // As on Kestrel, a bad request has its own status, and any other unhandled exception is a 500.
            error = e;
            LogFailure(e, features);
            response.Fail(e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);
        }
        finally
        {
            // Before the response is sent, because Lambda freezes the process after it.
            await CompletedAsync(response, features);
            application.DisposeContext(context, error);
        }
    }

    private async Task CompletedAsync(HttpApiResponse response, FeatureCollection features)
    {
        foreach (var callback in response.TakeCompleted())
            try
            {
                await callback();
            }
#pragma warning disable CA1031 // the answer stands, whatever fails after it: as on Kestrel
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogFailure(e, features);
            }
    }

    private void LogFailure(Exception e, FeatureCollection features)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        log.RequestFailed(e, request.Method, request.Path);
    }
}
