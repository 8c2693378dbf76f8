using System.Diagnostics;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Web;

/// <summary>Every error is a problem document (RFC 9457) with a stable <c>code</c> and the trace's id; never a stack trace, never an empty body.</summary>
public static class ProblemDocuments
{
    public static IServiceCollection AddProblemDocuments(this IServiceCollection services) => services
        .AddSingleton<IProblemDetailsWriter, Writer>()
        .AddProblemDetails();

    /// <summary>Bodies for what the framework answers without one (401, 404, 405, 415), and 503 or 500 for what nobody caught.</summary>
    public static IApplicationBuilder UseProblemDocuments(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                // A service behind us refused, could not be reached, took too long, or broke the connection amid its answer: not the client's fault, and worth another try.
                AmazonServiceException or AmazonClientException or HttpRequestException or IOException or EventLogException or TimeoutException or OperationCanceledException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        })
        .UseStatusCodePages();

    private static void Complete(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ??= http.Response.StatusCode;
        // A code says which problem it is; a type's address would say it a second time.
        problem.Type = "about:blank";
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= DetailOf(status);
        problem.Extensions.TryAdd("code", CodeOf(status));
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "1";
    }

    private static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "request_invalid",
        StatusCodes.Status401Unauthorized => "token_invalid",
        StatusCodes.Status403Forbidden => "no_role",
        StatusCodes.Status404NotFound => "route_not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status413PayloadTooLarge => "body_too_large",
        StatusCodes.Status415UnsupportedMediaType => "content_type_unsupported",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => CommonRefusals.InternalError,
    };

    private static string DetailOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "A valid bearer token is needed.",
        StatusCodes.Status403Forbidden => "The token gives none of the roles that may call this.",
        StatusCodes.Status404NotFound => $"There is no such route. {Uuid.Rule}",
        StatusCodes.Status405MethodNotAllowed => "The address does not take this method; Allow says which it takes.",
        StatusCodes.Status415UnsupportedMediaType => "The body has a content type that is not taken here.",
        StatusCodes.Status500InternalServerError => "Something went wrong here. The trace id tells us what.",
        StatusCodes.Status503ServiceUnavailable => "Something that this needs does not answer. Please try again.",
        _ => "The request cannot be taken.",
    };

    /// <summary>The framework's own writer gives up where Accept does not name JSON; a client that fails should learn why, whatever it hoped to get.</summary>
    private sealed class Writer : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            Complete(context.HttpContext, context.ProblemDetails);
            return new ValueTask(context.HttpContext.Response.WriteAsJsonAsync(
                context.ProblemDetails,
                WebJson.Plain.ProblemDetails,
                "application/problem+json",
                context.HttpContext.RequestAborted));
        }
    }
}
