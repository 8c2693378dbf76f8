using System.Net.Sockets;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.WebConsole.Serving;

/// <summary>Turns a failure into a status and a sentence for the page.</summary>
internal static class Failures
{
    public static async Task CatchAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(http, e.StatusCode, e.Message);
        }
        catch (RefusedException e)
        {
            await AnswerAsync(http, StatusCodes.Status409Conflict, e.Message);
        }
#pragma warning disable CA1031 // Whatever fails, the page shows it and stays usable.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await AnswerAsync(http, IsOfAStore(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError, Tell(e));
        }
    }

    /// <summary>What failed, in a sentence for the page.</summary>
    public static string Tell(Exception e) => e switch
    {
        RefusedException => e.Message,
        EventLogException => $"ClickHouse does not answer. {FirstLine(e)}",
        AmazonClientException => $"A call to AWS failed. {FirstLine(e)}",
        HttpRequestException or SocketException or OperationCanceledException => $"The stack does not answer. {FirstLine(e)}",
        _ => $"{e.GetType().Name}: {FirstLine(e)}",
    };

    private static bool IsOfAStore(Exception e) => e is EventLogException or AmazonClientException or HttpRequestException or SocketException or OperationCanceledException;

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim();

    private static Task AnswerAsync(HttpContext http, int status, string error)
    {
        if (http.Response.HasStarted) return Task.CompletedTask;
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new ErrorAnswer(error), http.RequestAborted);
    }
}
