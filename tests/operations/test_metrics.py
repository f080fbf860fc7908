"""What Prometheus reads."""


async def test_an_admin_s_key_reads_figures_of_requests_and_queues(client, make, sign_in) -> None:
    ticket = await make.ticket()
    admin = await sign_in(await make.admin())
    assert (await admin.get(f"/ticket/{ticket.id}")).status_code == 200
    assert (await client.get("/no/such/path")).status_code == 404

    answer = await admin.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert any(
        x.startswith('deskwell_http_requests_total{method="GET",route="/ticket/{ticket_id}"') for x in lines
    )
    assert str(ticket.id) not in answer.text, "a path with ids would make a series for each"
    assert 'deskwell_tickets{status="open"} 1.0' in lines
    assert any(x.startswith('deskwell_jobs{state="failed"}') for x in lines)
    assert any(x.startswith("deskwell_http_request_seconds_bucket") for x in lines)


async def test_nobody_else_reads_them(client, make, sign_in) -> None:
    customer, agent = await sign_in(await make.customer()), await sign_in(await make.agent())
    assert (await client.get("/metrics")).status_code == 401
    assert (await customer.get("/metrics")).status_code == 403
    assert (await agent.get("/metrics")).status_code == 403
