using ServerlessCqrs.CommandApi;
using ServerlessCqrs.CommandApi.OpenApi;
using ServerlessCqrs.CommandApi.Orders;
using ServerlessCqrs.CommandApi.Products;
using ServerlessCqrs.CommandApi.Reviews;
using ServerlessCqrs.CommandApi.Users;
using ServerlessCqrs.CommandApi.Watches;
using ServerlessCqrs.Http;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

var builder = WebApplication.CreateBuilder(args);
builder.AddLambdaHosting();
builder.AddQuietJsonLogs();
var tokens = TokenSettings.From(builder.Configuration);

builder.Services.AddEdgeOnly(builder.Configuration);
builder.Services.AddTokenAuthentication(tokens);
builder.Services.AddProblemDocuments();
builder.Services.AddUuidRoutes();
builder.Services.AddBrowserAccess(tokens);
builder.Services.AddCommandDocument();
builder.Services.AddCommandSending(builder.Configuration, ShopDomain.Instance);

var app = builder.Build();
app.UseProblemDocuments();
app.UseResponseHeaders();
app.UseEdgeOnly();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapProducts();
app.MapWatches();
app.MapUnsubscribe();
app.MapOrders();
app.MapReviews();
app.MapUsers();
app.MapOpenApi();

await app.RunAsync();
