using System.Diagnostics;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.OpenApi;

namespace ServerlessCqrs.Web;

/// <summary>
/// Makes every error a problem document (RFC 9457) with a stable <c>code</c> and the trace id, without a stack trace,
/// and never empty.
/// </summary>
public static class ProblemDocuments
{
    /// <summary>The problem of an unhandled exception.</summary>
    public static Problem Failed { get; } = new(
        StatusCodes.Status500InternalServerError,
        CodeOf(StatusCodes.Status500InternalServerError),
        DetailOf(StatusCodes.Status500InternalServerError));

    public static IServiceCollection AddProblemDocuments(this IServiceCollection services) => services
        .AddSingleton<IProblemDetailsWriter, Writer>()
        .AddProblemDetails();

    /// <summary>
    /// Adds bodies to the framework's empty answers (401, 404, 405, 415), and answers 503 or 500 to unhandled
    /// exceptions.
    /// </summary>
    public static IApplicationBuilder UseProblemDocuments(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                // A service behind this one refused, was unreachable or too slow, or broke the connection. That is not
                // the client's fault, and a retry may succeed.
                AmazonServiceException or AmazonClientException or HttpRequestException or IOException or EventLogException or TimeoutException or OperationCanceledException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        })
        .UseStatusCodePages();

    private static void Complete(HttpContext http, ProblemDetails problem)
    {
        var status = problem.Status ??= http.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(status);
        problem.Detail ??= DetailOf(status);
        problem.Extensions.TryAdd("code", CodeOf(status));
        problem.Type = ProblemPages.TypeOf((string)problem.Extensions["code"]!);
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
        StatusCodes.Status401Unauthorized => "Send a valid bearer token.",
        StatusCodes.Status403Forbidden => "The token has none of the roles that may call this route.",
        StatusCodes.Status404NotFound => $"There is no such route. {Uuid.Rule}",
        StatusCodes.Status405MethodNotAllowed =>
            "The route does not support this method. The Allow header lists the supported ones.",
        StatusCodes.Status415UnsupportedMediaType => "The route does not support the content type of the body.",
        StatusCodes.Status500InternalServerError => "The service failed with an internal error. Report the trace id.",
        StatusCodes.Status503ServiceUnavailable =>
            "A store or service that this request needs does not respond. Retry in a moment.",
        _ => "The request is invalid.",
    };

    /// <summary>
    /// The framework's own writer writes nothing if Accept does not allow JSON. A failing client should learn why,
    /// whatever it accepts.
    /// </summary>
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
