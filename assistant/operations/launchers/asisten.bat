@echo off
rem Perintah Asisten UEP, misalnya asisten.bat health atau asisten.bat update E:\pembaruan.zip
setlocal
cd /d "%~dp0"
set /p V=<KINI
set /p L=<"versi\%V%\LINGKUNGAN"
set HF_HUB_OFFLINE=1
set GRADIO_ANALYTICS_ENABLED=False
set PYTHONUTF8=1
set PYTHONPATH=%~dp0versi\%V%
"lingkungan\%L%\Scripts\python.exe" -m assistant %*
